import { xmppDialect } from "../../load/xmpp_dialect.ts";
import { giveTo, isRoot, type Peer, type Place } from "./peer.ts";

const user = "ejabberd";

export const ejabberd: Peer = {
  name: "ejabberd",
  program: "/usr/sbin/ejabberdctl",
  keeps: "its archive is off: keeps nothing",
  dialect: xmppDialect,
  prepare(place) {
    const { directory } = place;
    Deno.mkdirSync(`${directory}/spool`);
    Deno.writeTextFileSync(`${directory}/ejabberd.yml`, configuration(place));
    if (isRoot()) giveTo(user, directory);
    const become = ["--reuid=ejabberd", "--regid=ejabberd", "--clear-groups"];
    return {
      program: "setpriv",
      args: [...(isRoot() ? become : []), "erl", ...erlang(directory)],
      env: {
        ERL_EPMD_ADDRESS: "127.0.0.1",
        EJABBERD_CONFIG_PATH: `${directory}/ejabberd.yml`,
        SPOOL_DIR: `${directory}/spool`,
        HOME: directory,
      },
    };
  },
};

/** The package's own start script insists on the system's one configuration. */
function erlang(directory: string): string[] {
  return [
    ...["-pa", librariesOf("/usr/lib"), "-noinput", "-start_epmd", "false", "+K", "true", "+P", "250000"],
    ...["-mnesia", "dir", `"${directory}/spool"`, "-ejabberd", "log_rate_limit", "0", "-s", "ejabberd"],
  ];
}

/** The package keeps its libraries below the folder of the machine's architecture, under its version. */
function librariesOf(folder: string): string {
  const architectures = [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith("-linux-gnu"));
  const found = architectures.flatMap(({ name }) =>
    [...Deno.readDirSync(`${folder}/${name}`)].filter((entry) => /^ejabberd-[\d.]+$/.test(entry.name))
      .map((entry) => `${folder}/${name}/${entry.name}/ebin`)
  );
  return found[0] ?? "";
}

function configuration({ port, certificatePath, keyPath }: Place): string {
  return `hosts: [localhost]
loglevel: warning
certfiles: ["${certificatePath}", "${keyPath}"]
listen:
  - {port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, tls: true, max_stanza_size: 262144, shaper: none, access: all}
auth_method: [anonymous]
anonymous_protocol: sasl_anon
allow_multiple_connections: true
max_fsm_queue: 1000000
modules:
  mod_disco: {}
  mod_muc:
    host: conference.localhost
    access: all
    access_create: all
    max_users: 5000
    max_user_conferences: 1000
    min_message_interval: 0
    min_presence_interval: 0
    history_size: 0
    default_room_options: {persistent: false, max_users: 5000}
    room_shaper: none
    user_message_shaper: none
`;
}
