import type { Dialect } from "./dialect.ts";

const open = "<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' " +
  "xmlns:stream='http://etherx.jabber.org/streams'>";

/** XMPP (RFC 6120, XEP-0045) over direct TLS, with rooms of several and anonymous login. */
export const xmppDialect: Dialect = {
  answers: true,
  async enter(connection, name, rooms) {
    connection.say(open);
    await connection.hear("</stream:features>");
    connection.say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
    await connection.hear("<success");
    connection.say(open);
    await connection.hear("</stream:features>");
    connection.say("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
    await connection.hear("</iq>");
    connection.say("<iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
    for (const room of rooms) {
      const muc = "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>";
      connection.say(`<presence to='${room}@conference.localhost/${name}'>${muc}</presence>`);
      await connection.hear("'110'", '"110"');
    }
  },
  message: (room, _stamp, text) =>
    `<message type='groupchat' to='${room}@conference.localhost'><body>${text}</body></message>`,
};
