import { xmppDialect } from "../../load/xmpp_dialect.ts";
import { giveTo, isRoot, type Peer, type Place } from "./peer.ts";

const user = "prosody";

export const prosody: Peer = {
  name: "prosody",
  program: "/usr/bin/prosody",
  keeps: "its archive is off: keeps nothing",
  dialect: xmppDialect,
  prepare(place) {
    const { directory } = place;
    Deno.mkdirSync(`${directory}/data`);
    Deno.writeTextFileSync(`${directory}/prosody.cfg.lua`, configuration(place));
    if (isRoot()) giveTo(user, directory);
    // It refuses to run as root.
    const become = ["--reuid=prosody", "--regid=prosody", "--clear-groups"];
    const command = ["/usr/bin/prosody", "--config", `${directory}/prosody.cfg.lua`, "-F"];
    return { program: "setpriv", args: [...(isRoot() ? become : []), ...command] };
  },
};

function configuration({ directory, port, certificatePath, keyPath }: Place): string {
  return `pidfile = "${directory}/prosody.pid"
data_path = "${directory}/data"
daemonize = false
network_backend = "epoll"
modules_enabled = { "saslauth", "tls", "disco", "ping" }
modules_disabled = { "s2s", "limits" }
interfaces = { "127.0.0.1" }
c2s_ports = { }
s2s_ports = { }
c2s_direct_tls_ports = { ${port} }
c2s_direct_tls_ssl = { certificate = "${certificatePath}", key = "${keyPath}" }
ssl = { certificate = "${certificatePath}", key = "${keyPath}" }
c2s_stanza_size_limit = 1048576
storage = "internal"
log = { warn = "${directory}/prosody.log" }
authentication = "anonymous"
VirtualHost "localhost"
Component "conference.localhost" "muc"
  restrict_room_creation = false
  muc_room_locking = false
  muc_room_default_history_length = 0
`;
}
