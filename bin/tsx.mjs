/** Lets this process import the project's TypeScript. Only where the packages are there (bin/prepare.mjs). */
import { shareTmp } from "./tmp.mjs";

// Before tsx is there: it looks once where temporary files go. (Not everybody comes by way of bin/prepare.mjs.)
shareTmp();
const { register } = await import("tsx/esm/api");
register();
