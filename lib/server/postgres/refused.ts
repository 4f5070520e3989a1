/** A start that cannot go on, in words for the person at the console: printed without a stack, exit 1. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}
