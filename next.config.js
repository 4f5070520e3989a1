/**
 * Headers are not set here: lib/server/serve.ts sets them on every answer, also those that Next gives before it looks at this file, and
 * proxy.ts adds each page's policy for scripts.
 * @type {import("next").NextConfig}
 */
export default {
  poweredByHeader: false,
  // What it is made from, not when: the same on every instance that runs the same Gloss (bin/prepare.mjs).
  generateBuildId: () => process.env.GLOSS_BUILD || null,
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
