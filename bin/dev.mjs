/** `npm run dev`: as `npm start`, with Next's development server in place of the production build. */
import { startGloss } from "./serve.mjs";

await startGloss({ dev: true });
