/** `tsx next-server.ts DIR PORT`: serves a production build as the app itself is served (lib/server/serve.ts). */
import { listen } from "../../lib/server/serve";

const [dir = ".", port = "0"] = process.argv.slice(2);
const server = await listen("127.0.0.1", Number(port));
await server.serve({ dev: false, dir, host: "127.0.0.1" });
process.send?.({ port: server.port });
process.once("disconnect", () => process.exit(0));
