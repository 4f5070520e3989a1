/**
 * What ends when Gloss is asked to end. The set is the process's, not the module's: Next bundles its own copy of this file, and the start
 * runs another.
 */
type Hook = () => void | Promise<void>;

const process = globalThis as typeof globalThis & { glossShutdown?: { hooks: Set<Hook>; stopping: boolean } };
const state = () => {
  process.glossShutdown ??= { hooks: new Set(), stopping: false };
  return process.glossShutdown;
};

/**
 * `hook` runs as soon as Gloss is asked to end, before requests in hand are waited for: end event streams and jobs in it, which would
 * otherwise go on for ever. Returns a function that takes the hook back. After the request to end, it runs at once.
 */
export function onShutdown(hook: Hook): () => void {
  if (state().stopping) void hook();
  state().hooks.add(hook);
  return () => {
    state().hooks.delete(hook);
  };
}

export const isStopping = (): boolean => state().stopping;

/** Runs every hook once; one that throws does not keep the others from running. */
export async function runShutdown(): Promise<void> {
  state().stopping = true;
  await Promise.allSettled([...state().hooks].map(async (hook) => hook()));
  state().hooks.clear();
}
