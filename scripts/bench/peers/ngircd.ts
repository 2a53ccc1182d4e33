import { ircDialect } from "../../load/irc_dialect.ts";
import { freePort, isRoot, type Peer, type Place } from "./peer.ts";

export const ngircd: Peer = {
  name: "ngircd",
  program: "/usr/sbin/ngircd",
  keeps: "keeps nothing",
  dialect: ircDialect,
  prepare(place) {
    const path = `${place.directory}/ngircd.conf`;
    Deno.writeTextFileSync(path, configuration(place));
    return { args: ["--nodaemon", "--config", path] };
  },
};

function configuration({ port, certificatePath, keyPath }: Place): string {
  return `[Global]
Name = irc.localhost
Info = benchmark
Listen = 127.0.0.1
Ports = ${freePort()}
${isRoot() ? "ServerUID = irc\nServerGID = irc" : ""}
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxPenaltyTime = 0
MaxNickLength = 20
PingTimeout = 600
[Options]
DNS = no
Ident = no
PAM = no
[SSL]
CertFile = ${certificatePath}
KeyFile = ${keyPath}
Ports = ${port}
`;
}
