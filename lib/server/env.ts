/** What the environment says about this start, checked before anything is touched. docs/operating.md explains each variable. */
import path from "node:path";
import { StartRefused } from "./postgres/refused";
import { secretFault } from "./secret";
import { isOn } from "./switches";

export type PlaceEnv = {
  /** Null: the embedded database in the data dir. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
};

export type StartEnv = PlaceEnv & {
  readonly host: string;
  readonly port: number;
  /** Null: generated into the data dir. */
  readonly secret: string | null;
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly sample: boolean;
};

type Variables = Readonly<Record<string, string | undefined>>;

/** Where the data are: all that a command needs to know. Throws StartRefused. */
export function readPlace(variables: Variables): PlaceEnv {
  const databaseUrl = variables.DATABASE_URL?.trim() || null;
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new StartRefused("DATABASE_URL must begin with postgresql://");
  return { databaseUrl, dataDir: path.resolve(variables.GLOSS_DATA_DIR?.trim() || ".gloss") };
}

/** Throws StartRefused, naming the variable, when one cannot be right. An empty variable is as good as unset. */
export function readEnv(variables: Variables): StartEnv {
  const place = readPlace(variables);
  const value = (name: string): string | null => variables[name]?.trim() || null;

  const secret = value("NEXTAUTH_SECRET");
  const fault = secret !== null || place.databaseUrl !== null ? secretFault(secret ?? undefined) : null;
  if (fault) throw new StartRefused(fault);

  const email = value("GLOSS_ADMIN_EMAIL");
  const password = variables.GLOSS_ADMIN_PASSWORD || null;
  if ((email === null) !== (password === null))
    throw new StartRefused("GLOSS_ADMIN_EMAIL and GLOSS_ADMIN_PASSWORD go together: set both, or neither.");

  const url = value("NEXTAUTH_URL");
  if (url !== null && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw new StartRefused("NEXTAUTH_URL must be the http or https address under which people reach Gloss.");

  const rate = value("GLOSS_RATE_LIMIT");
  if (rate !== null && !/^\d+$/.test(rate))
    throw new StartRefused(`GLOSS_RATE_LIMIT must be a whole number, not "${rate}".`);

  return {
    ...place,
    host: value("HOST") ?? "127.0.0.1",
    port: portOf(value("PORT") ?? "3000"),
    secret,
    admin: email !== null && password !== null ? { email, password } : null,
    sample: isOn("GLOSS_SAMPLE", variables),
  };
}

/** 0 asks the system for a free one. */
function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new StartRefused(`PORT must be a number from 0 to 65535, not "${text}".`);
}
