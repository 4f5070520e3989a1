/** Lets this process import the project's TypeScript. Only where the packages are there (bin/prepare.mjs). */
import { register } from "tsx/esm/api";

register();
