/** Imports point one way: docs/architecture.md draws it, this keeps it, npm test runs it. */
const inLib = (...folders) => `^lib/(${folders.join("|")})/`;
const pure = [
  "text",
  "scheme",
  "regions",
  "spans",
  "offers",
  "cases",
  "agreement",
  "reprints",
  "formats",
  "releases",
  "versions",
  "access",
];

/** Inside lib: each folder and what it may import beside itself and lib/result.ts. */
const mayImport = {
  text: [],
  scheme: ["text"],
  regions: ["text"],
  spans: ["text", "scheme", "regions"],
  offers: ["text", "scheme", "regions", "spans"],
  access: [],
  cases: ["text", "scheme", "regions", "spans"],
  agreement: ["text", "scheme", "regions", "spans", "cases"],
  reprints: ["text", "scheme", "regions", "spans"],
  formats: ["text", "scheme", "regions", "spans", "cases", "agreement", "reprints"],
  versions: ["text", "scheme", "regions", "spans"],
  releases: ["text", "scheme", "regions", "spans", "cases", "agreement", "reprints", "formats", "versions"],
};

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "A circle is one module that pretends to be two.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only|client-only)$" },
    },
    ...Object.entries(mayImport).map(([folder, allowed]) => ({
      name: `lib-${folder}`,
      comment: "text <- scheme, regions, spans <- cases, agreement, reprints <- formats",
      severity: "error",
      from: { path: inLib(folder) },
      to: { path: inLib(...pure.filter((other) => other !== folder && !allowed.includes(other)), "server", "cli") },
    })),
    {
      name: "lib-knows-no-ring",
      comment: "The core knows neither pages nor components, neither launchers nor the generated client.",
      severity: "error",
      from: { path: inLib(...pure) },
      to: { path: "^(app|components|bin|e2e|bench|prisma|generated)/" },
    },
    {
      name: "core-runs-in-a-browser",
      comment: "What the browser runs too imports nothing of Node, the framework or the database.",
      severity: "error",
      from: {
        path: inLib("text", "scheme", "regions", "spans", "offers", "cases", "agreement", "access"),
        pathNot: "\\.test\\.ts$|/testing/",
      },
      to: { dependencyTypes: ["core", "npm", "npm-dev"], pathNot: "^(node_modules/)?zod(/|$)" },
    },
    {
      name: "server-knows-no-pages",
      severity: "error",
      // A test of a use case may knock at its door too.
      from: { path: inLib("server"), pathNot: "\\.test\\.ts$" },
      to: { path: "^(app|components|bin|e2e|bench|lib/cli)/" },
    },
    {
      name: "nobody-imports-the-commands",
      severity: "error",
      from: { pathNot: "^(lib/cli|bin)/" },
      to: { path: inLib("cli") },
    },
    {
      name: "components-know-no-server",
      comment: "Pages hand data and actions to components as props.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|bin|e2e|bench|prisma|generated|lib/server|lib/cli)/" },
    },
    {
      name: "nobody-imports-pages",
      severity: "error",
      from: { pathNot: "^(app/|e2e/)|\\.test\\.ts$" },
      to: { path: "^app/" },
    },
    {
      name: "tests-stay-tests",
      severity: "error",
      from: { pathNot: "\\.test\\.tsx?$|/testing/|^(e2e|bench|vitest\\.config)" },
      to: { path: "\\.test\\.tsx?$|/testing/|^e2e/|^bench/", pathNot: "^e2e/support/chromium" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^generated/" },
    exclude: { path: "^(\\.next|\\.cache|\\.gloss|generated)/|\\.tmp\\.ts$" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
