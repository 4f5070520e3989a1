/**
 * Headers are not set here: lib/server/serve.ts sets them on every answer, also those that Next gives before it looks at this file, and
 * proxy.ts adds each page's policy for scripts.
 * @type {import("next").NextConfig}
 */
export default {
  poweredByHeader: false,
  images: { unoptimized: true },
  // npm test checks the types, once, with the project's own compiler.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "pg",
    "pg-cursor",
    "pg-copy-streams",
    "pino",
    "linkedom",
    "@prisma/client",
    "@prisma/adapter-pg",
  ],
};
