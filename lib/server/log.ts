/** Structured log on standard error: one JSON object a line. Never pass article text, marks, passwords, tokens or cookies. */
import pino from "pino";

export const log = pino(
  { level: process.env.GLOSS_LOG ?? "info", base: null },
  pino.destination({ fd: 2, sync: false }),
);
