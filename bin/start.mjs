/** `npm start`: prepares what is missing, then serves Gloss until it is asked to end. */
import { startGloss } from "./serve.mjs";

await startGloss({ dev: false });
