/** Making and removing links. */
import type { LinkType } from "@/lib/scheme/scheme";
import type { Link, Span } from "@/lib/spans/model";
import * as acts from "../acts";
import type { FarTarget } from "../model";
import { newId } from "../new-id";
import { READ, type Screen } from "../use-screen";
import { cutOut, glimpse } from "../words";
import type { Base, Parts } from "./base";

export function linkCommands({ set, say, article, addFar }: Parts & Pick<Screen, "addFar">, { now, perform }: Base) {
  function startLink() {
    const { chosen, readOnly } = now();
    if (!chosen || readOnly) {
      if (!chosen) say("Choose the span that the link starts from first.", true);
      return;
    }
    set.setMode({ kind: "link", span: chosen.id });
  }

  function link(from: Span, to: Span, way: acts.Way) {
    const [a, b] = way.turned ? [to, from] : [from, to];
    set.setMode(READ);
    const again = [...now().review.links.values()].some(
      (l) => l.type === way.type.key && l.from === a.id && l.to === b.id,
    );
    if (again) say("That link is there already.");
    else
      perform(
        acts.link(newId(), { type: way.type.key, from: a.id, to: b.id, toText: null }),
        `Linked: ${acts.nameOfWay(way)} ${glimpse(cutOut(now().index, to), 50)}`,
      );
    article.current?.focus();
  }

  function linkToText(from: Span, type: LinkType, words: string) {
    set.setMode(READ);
    perform(
      acts.link(newId(), { type: type.key, from: from.id, to: null, toText: words.trim() }),
      `Linked: ${type.name} “${glimpse(words, 50)}”`,
    );
    article.current?.focus();
  }

  function linkFar(from: Span, type: LinkType, target: FarTarget) {
    addFar(target);
    set.setMode(READ);
    const again = [...now().review.links.values()].some(
      (l) => l.type === type.key && l.from === from.id && l.to === target.id,
    );
    if (again) say("That link is there already.");
    else
      perform(
        acts.link(newId(), { type: type.key, from: from.id, to: target.id, toText: null }),
        `Linked: ${type.name} ${glimpse(target.quote, 50)}, in ${glimpse(target.articleTitle, 50)}`,
      );
    article.current?.focus();
  }

  function unlink(old: Link) {
    perform(acts.removeLink(old), "Link removed.");
  }

  return { startLink, link, linkToText, linkFar, unlink };
}
