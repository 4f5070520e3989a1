/** One job, in a thread of its own. Started by jobsRunner.ts; ends when the job has, with another code than 0 when it is to be tried again. */
import { isMainThread, workerData } from "node:worker_threads";
import { closeDatabase } from "./db";
import type { Job } from "./jobs";
import { work } from "./jobsWork";

if (!isMainThread) {
  await work(workerData as Job).finally(closeDatabase);
  process.exit(0);
}
