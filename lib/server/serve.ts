/** The HTTP server around Next. It is bound before anything slow is done, answers 503 until there is an app, and ends without cutting answers off. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { PEER_HEADER } from "./limits";
import { log, whatFailed } from "./log";
import { type MethodsOf, readMethods } from "./methods";
import { StartRefused } from "./postgres/refused";
import { isHttps } from "./secret";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type Listening = {
  /** The one that was bound, also when 0 was asked for. */
  readonly port: number;
  /** From now on requests are answered by Next. */
  serve(options: { readonly dev: boolean; readonly dir: string; readonly host: string }): Promise<void>;
  /** Takes no new connections, and ends when the answers in hand are given, or after `graceSeconds`. */
  stop(graceSeconds: number): Promise<void>;
};

/** `first` answers until `serve`: 503 unless told. Throws StartRefused when the port cannot be had. */
export async function listen(host: string, port: number, first: Handler = starting): Promise<Listening> {
  let handler = first;
  let methodsOf: MethodsOf = () => null;
  let app: ReturnType<typeof next> | null = null;
  let inHand = 0;

  const server = createServer((request, response) => {
    inHand++;
    response.once("close", () => inHand--);
    // The socket's address, whatever the client wrote: attempts to sign in are counted by it.
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
    if (!server.listening) response.setHeader("Connection", "close");
    setSecurityHeaders(request, response);
    const methods = methodsOf((request.url ?? "").split("?")[0] ?? "");
    const answer = !isAddress(request.url ?? "")
      ? noAddress
      : methods && !methods.includes(request.method ?? "")
        ? notThatMethod(methods)
        : handler;
    answer(request, response).catch((error: unknown) => {
      log.error({ err: whatFailed(error) }, "a request failed");
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain" });
      response.end("Something failed on our side.\n");
    });
  });
  // Headers within 20 s; a body may take as long as a large import over a slow line does.
  server.headersTimeout = 20_000;
  // Longer than a proxy before Gloss keeps its connections, so that it never sends into one that was just closed.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 30 * 60_000;

  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(cannotListen(error, host, port)));
    server.listen(port, host, done);
  });
  const address = server.address();

  return {
    port: typeof address === "object" && address ? address.port : port,
    async serve({ dev, dir, host }) {
      // In production nothing speaks WebSocket: Next is given a server of its own to listen for upgrades on, where none come.
      app = next({ dev, dir, hostname: host, port, quiet: !dev, httpServer: dev ? server : createServer() });
      await app.prepare();
      if (!dev) methodsOf = readMethods(dir);
      handler = app.getRequestHandler();
    },
    async stop(graceSeconds) {
      const closed = new Promise<void>((done) => server.close(() => done()));
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => {
        log.warn({ inHand }, "answers were still being given when the time was up");
        server.closeAllConnections();
      }, graceSeconds * 1000);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
      await app?.close();
    },
  };
}

/**
 * On every answer, whoever gives it. A page's own policy for scripts comes from proxy.ts and takes this one's place; what the API answers is
 * never to be run, loaded into or framed by anything.
 */
function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  const api = request.url?.startsWith("/api/") ?? false;
  const policy = api ? "default-src 'none'; sandbox" : "default-src 'self'; object-src 'none'";
  response.setHeader("Content-Security-Policy", `${policy}; base-uri 'none'; frame-ancestors 'none'`);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  // A page that came from another build says so to its reader (components/build.ts).
  if (process.env.GLOSS_BUILD) response.setHeader("X-Gloss-Build", process.env.GLOSS_BUILD);
  if (isHttps()) response.setHeader("Strict-Transport-Security", "max-age=31536000");
}

/** Next falls over an address whose escapes are none. */
function isAddress(url: string): boolean {
  try {
    decodeURI(url);
    return true;
  } catch {
    return false;
  }
}

function sendProblem(response: ServerResponse, status: number, title: string, detail: string): void {
  response.writeHead(status, { "Content-Type": "application/problem+json", "Cache-Control": "no-store" });
  response.end(JSON.stringify({ type: `urn:gloss:${title}`, title, status, detail, errors: [] }));
}

const noAddress: Handler = async (_request, response) =>
  sendProblem(response, 400, "malformed", "The address is not one: its escapes do not spell UTF-8.");

/** A body that comes with it is not waited for. */
const notThatMethod =
  (methods: readonly string[]): Handler =>
  async ({ method }, response) => {
    response.setHeader("Allow", methods.join(", "));
    response.setHeader("Connection", "close");
    sendProblem(response, 405, "method-not-allowed", `${method} is not a method here; ${methods.join(", ")} are.`);
  };

const starting: Handler = async (_request, response) => {
  response.writeHead(503, {
    "Content-Type": "text/plain; charset=utf-8",
    "Retry-After": "5",
    "Cache-Control": "no-store",
  });
  response.end("Gloss is starting.\n");
};

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new StartRefused(`Port ${port} of ${host} is in use. Stop what uses it, or set PORT to another.`);
  if (error.code === "EACCES")
    return new StartRefused(`This account may not listen on port ${port}. Set PORT to another.`);
  if (error.code === "ENOTFOUND" || error.code === "EADDRNOTAVAIL")
    return new StartRefused(`This machine has no address ${host}. Set HOST to one that it has.`);
  return error;
}
