/** Lets this process import the project's TypeScript. Only where the packages are there (bin/prepare.mjs). */
import { shareTmp } from "./tmp.mjs";

// Before tsx is there: it looks once where temporary files go.
shareTmp();
const { register } = await import("tsx/esm/api");
register();
