/** Time worked, from the moments at which somebody did something: what lies between two of them counts, unless it was a pause. */

/** Milliseconds without a sign of anybody after which the time since the last one was a pause. Long enough to read a long paragraph. */
export const IDLE_MS = 90_000;

export type Clock = { readonly last: number; readonly counted: number };

export const started = (now: number): Clock => ({ last: now, counted: 0 });

/** A sign at `now`. A pause counts nothing, not even its beginning: nobody knows what it was. */
export const countedFor = (clock: Clock, now: number, idle: number): Clock => ({
  last: now,
  counted: clock.counted + (now - clock.last <= idle ? Math.max(0, now - clock.last) : 0),
});
