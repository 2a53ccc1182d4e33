import { ircDialect } from "../../load/irc_dialect.ts";
import { isRoot, type Peer, type Place } from "./peer.ts";

export const inspircd: Peer = {
  name: "inspircd",
  program: "/usr/sbin/inspircd",
  keeps: "keeps nothing",
  dialect: ircDialect,
  prepare(place) {
    const path = `${place.directory}/inspircd.conf`;
    Deno.writeTextFileSync(path, configuration(place));
    return { args: ["--nofork", ...(isRoot() ? ["--runasroot"] : []), `--config=${path}`] };
  },
};

function configuration({ directory, port, certificatePath, keyPath }: Place): string {
  return `<server name="irc.localhost" description="benchmark" network="benchmark">
<admin name="x" nick="x" email="x@localhost">
<module name="ssl_gnutls">
<sslprofile name="b" provider="gnutls" certfile="${certificatePath}" keyfile="${keyPath}">
<bind address="127.0.0.1" port="${port}" type="clients" sslprofile="b">
<connect name="main" allow="*" timeout="60" pingfreq="10m" hardsendq="64M" softsendq="64M" recvq="64K"
 threshold="1000000" commandrate="100000000" fakelag="no" localmax="100000" globalmax="100000" maxconnwarn="no"
 resolvehostnames="no" useident="no" useconnflood="no" modes="">
<channels users="100" opers="100">
<performance quietbursts="yes" softlimit="100000" somaxconn="1024" netbuffersize="10240" timeskipwarn="0s" nouserdns="yes">
<security hidewhois="" userstats="Pu" customversion="" maxtargets="20">
<limits maxnick="30" maxchan="64" maxident="10">
<connectban threshold="100000">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="${directory}/inspircd.log">
<pid file="${directory}/inspircd.pid">
`;
}
