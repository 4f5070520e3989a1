/** Whether two addresses mean the same page, so that importing it again makes a new version of the article. Pure. */
import { fold } from "../text/fold";

/** Parameters that say where a reader came from, not what the page is. */
const TRACKING =
  /^(utm_.*|at_.*|mc_[ce]id|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|_ga|_gl|cmpid|ncid|ocid|smid|ref_src|ref_url|spm|icid|wt_mc|xtor)$/i;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * One way to write a page's address: scheme, case of the host, `www.`, default port, fragment, tracking parameters, the order of the others
 * and a slash at the end make no other page. null: it is no web address, or an outlet's front page, which is never one article.
 */
export function canonicalUrl(url: string | null): string | null {
  if (!url || !/^\s*https?:\/\//i.test(url) || !URL.canParse(url.trim())) return null;
  const { protocol, hostname, port, pathname, searchParams } = new URL(url.trim());
  const host = plainHost(hostname);
  const path = tidyEscapes(pathname)
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  const query = [...searchParams]
    .filter(([name]) => !TRACKING.test(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  if (host === "" || (path === "" && query.length === 0)) return null;
  const beside = port === "" || port === DEFAULT_PORTS[protocol] ? "" : `:${port}`;
  return `${host}${beside}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

const plainHost = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^www\./, "");

/**
 * The address of an article that says its own and was fetched from `fetched`, if it was. Any page can name any other: it is taken at its word
 * for its own host only, or else it would be a version of another outlet's article.
 */
export function addressOf(
  own: string | null,
  fetched: string | null,
): { readonly url: string | null; readonly notes: readonly string[] } {
  if (own === null || fetched === null || !URL.canParse(own)) return { url: own ?? fetched, notes: [] };
  const [named, from] = [new URL(own), new URL(fetched)];
  if (plainHost(named.hostname) === plainHost(from.hostname) && named.port === from.port)
    return { url: own, notes: [] };
  return {
    url: fetched,
    notes: [
      `The page says that it is one of ${named.host}. It was not fetched there, and keeps the address that it came from.`,
    ],
  };
}

/** What is escaped without need stands plain, and escapes are in capitals: RFC 3986, 6.2.2. */
const tidyEscapes = (path: string): string =>
  path.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const sign = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(sign) ? sign : escaped.toUpperCase();
  });

/** What a page is known by inside a project: the same address at the same outlet. null: it cannot be told from others. */
export function pageOf(article: { readonly url: string | null; readonly outlet: string | null }): string | null {
  const address = canonicalUrl(article.url);
  return address === null ? null : `${address}\n${fold(article.outlet ?? "")}`;
}
