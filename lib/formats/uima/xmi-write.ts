/** A CAS as XMI (docs.oasis-open.org UIMA 1.0, chapter 4.2): XML 1.0, or 1.1 where the text holds controls that 1.0 has no way to write. */
import { type Cas, type Structure, shortName } from "./cas";

/** In an attribute: markup, and blanks that a parser would make into a plain one. */
const escaped = (words: string): string =>
  words.replace(/[&<>"]|[\p{Cc}\u2028]/gu, (found) => NAMED[found] ?? `&#x${found.codePointAt(0)?.toString(16)};`);
const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Controls that XML 1.0 cannot hold in any way. */
const ONLY_IN_1_1 = /[^\P{Cc}\t\n\r\u007f-\u009f]/u;

/** "webanno.custom.Span" is in the namespace http:///webanno/custom.ecore. */
const spaceOf = (type: string): string => `http:///${type.split(".").slice(0, -1).join("/")}.ecore`;

export function xmiOf({ text, structures }: Cas): string {
  const prefixes = new Map<string, string>();
  for (const { type } of structures) {
    const space = spaceOf(type);
    if (!prefixes.has(space)) prefixes.set(space, `t${prefixes.size + 1}`);
  }
  const spaces = [...prefixes].map(([space, prefix]) => ` xmlns:${prefix}="${space}"`).join("");
  const body = structures.map((one) => element(one, prefixes.get(spaceOf(one.type)) ?? "")).join("\n");
  const members = structures.map((one) => one.id).join(" ");
  const whole = `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"${spaces} xmi:version="2.0">
<cas:NULL xmi:id="0"/>
${body}
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="${escaped(text)}"/>
<cas:View sofa="1" members="${members}"/>
</xmi:XMI>
`;
  const old = ONLY_IN_1_1.test(text) || /&#x(?:[1-8bcef]|1[0-9a-f]);/.test(body);
  return `<?xml version="${old ? "1.1" : "1.0"}" encoding="UTF-8"?>\n${whole}`;
}

function element({ id, type, begin, end, features, references }: Structure, prefix: string): string {
  const said = [...features].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const refs = [...references].map(([name, ids]) => ` ${name}="${ids.join(" ")}"`).join("");
  return `<${prefix}:${shortName(type)} xmi:id="${id}" sofa="1" begin="${begin}" end="${end}"${said}${refs}/>`;
}
