/** brat out: a zip with a folder for each reviewer (`gold` for gold), in it a .txt and an .ann for each article, and annotation.conf. */
import { indexText, type TextIndex } from "../../text/codepoints";
import type { Range } from "../../text/range";
import type { Articles } from "../format";
import { layersOf, type Marks } from "../losses";
import type { NativeProject } from "../native";
import { keysOf } from "../scheme-choices";
import { ArticleNames } from "../zip/names";
import { folderOf } from "../zip/reviewers";
import { writeZip, type ZipOut } from "../zip/write";
import { Conf } from "./conf";
import { fitBrat } from "./fit";
import { unitsOf, withoutBreaks } from "./fragments";

export const writeBrat = (articles: Articles, project: NativeProject | null): AsyncGenerator<Uint8Array> =>
  writeZip(entries(articles, project));

async function* entries(articles: Articles, project: NativeProject | null): AsyncGenerator<ZipOut> {
  const names = new ArticleNames();
  const conf = new Conf(keysOf(project));
  for await (const whole of articles) {
    const article = fitBrat(whole);
    const text = article.text ?? "";
    const name = names.next(article.id);
    const layers = layersOf(article);
    if (layers.length === 0) {
      yield { name: `${name}.txt`, data: text };
      yield { name: `${name}.ann`, data: "" };
    }
    for (const layer of layers) {
      const path = `${folderOf(layer.reviewer)}/${name}`;
      yield { name: `${path}.txt`, data: text };
      yield { name: `${path}.ann`, data: standoffOf(layer, text, conf) };
    }
  }
  yield { name: "annotation.conf", data: conf.text() };
}

/** A value of an attribute is one word; what is not is a note of its own kind. */
const WORD = /^[A-Za-z0-9_.:+-]+$/;
export const NOTED = "attribute_";

function standoffOf(marks: Marks, text: string, conf: Conf): string {
  const index = indexText(text);
  const { units, links } = unitsOf(marks, text);
  const ids = new Map<string | null, string>();
  const lines: string[] = [];
  let [attributes, notes] = [0, 0];
  units.forEach(({ span, parts }, i) => {
    const id = `T${i + 1}`;
    ids.set(span.id, id);
    conf.label(span.label);
    lines.push(`${id}\t${span.label} ${placed(index, parts)}`);
    for (const [name, value] of Object.entries(span.attributes)) {
      if (WORD.test(value)) {
        lines.push(`A${++attributes}\t${name} ${id} ${value}`);
        conf.attribute(name, value);
      } else lines.push(`#${++notes}\t${NOTED}${name} ${id}\t${value}`);
    }
    if (span.uncertain) {
      lines.push(`A${++attributes}\tUncertain ${id}`);
      conf.attribute("Uncertain", null);
    }
    if (span.note !== "") lines.push(`#${++notes}\tAnnotatorNotes ${id}\t${span.note}`);
  });
  links.forEach((link, i) => {
    conf.link(link.type);
    lines.push(`R${i + 1}\t${link.type} Arg1:${ids.get(link.from)} Arg2:${ids.get(link.to)}\t`);
  });
  return lines.map((line) => `${line}\n`).join("");
}

/** "0 5;8 12<tab>words of both": fragments are joined with a blank, as brat's reader wants it. */
function placed(index: TextIndex, parts: readonly Range[]): string {
  const fragments = parts.flatMap((part) => withoutBreaks(index, part));
  const places = fragments.map(({ start, end }) => `${start} ${end}`).join(";");
  return `${places}\t${fragments.map((one) => index.slice(one)).join(" ")}`;
}
