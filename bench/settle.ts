/**
 * `npm run bench -- settle [--cases 200] [--rounds 40]`: what an adjudicator waits for: an article's cases with all that stands on the
 * settling screen, a decision, the earlier rulings on the same words; statements and milliseconds each, in articles of three sizes.
 * `--profile 1` says which statements a decision spends its time in.
 */
import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import type { Actor } from "../lib/access/actor";
import { articleDesk } from "../lib/server/article-desk";
import { decideCase } from "../lib/server/decisions";
import { precedentsOf } from "../lib/server/precedents";
import { makeArticle, makeDesk, put, review } from "../lib/server/testing/desk";
import type { Change } from "../lib/spans/model";
import { option, withGround } from "./support/database";
import { asked, profile, took } from "./support/statements";

type Desk = Awaited<ReturnType<typeof makeDesk>>;

/** Of each sentence a claim that three marked, with ends that differ in every third and a reviewer who missed every fifth. */
async function fill(desk: Desk, cases: number): Promise<string> {
  const sentence = (n: number) => `The gauge at lock ${n} fell by ${n} hands and the port was told. `;
  const text = Array.from({ length: cases }, (_, n) => sentence(n)).join("");
  const articleId = await makeArticle(desk.projectId, { text, title: `${cases} cases` });
  for (const [who, reviewer] of [desk.a, desk.b, desk.c].entries()) {
    let at = 0;
    const changes = Array.from({ length: cases }, (__, n): Change | null => {
      const start = at;
      at += sentence(n).length;
      if (who === 2 && n % 5 === 0) return null;
      const end = start + sentence(n).indexOf(who === 1 && n % 3 === 0 ? " and the" : ". ");
      const change = put("Nobody", "CLAIM", { attributes: { likelihood: who === 1 ? "likely" : "certain" } });
      const { quote: _, ...span } = change.span;
      return { ...change, span: { ...span, start, end } };
    });
    await review(
      desk,
      articleId,
      reviewer,
      changes.flatMap((one) => one ?? []),
    );
  }
  return articleId;
}

type Took = { readonly statements: number; readonly ms: number; readonly p95: number };

async function timed(rounds: number, work: (n: number) => Promise<{ readonly ok: boolean }>): Promise<Took> {
  const times: number[] = [];
  let statements = 0;
  for (let n = -3; n < rounds; n++) {
    asked.statements = 0;
    const start = performance.now();
    const answer = await work(n + 3);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    if (n >= 0) times.push(performance.now() - start);
    statements = asked.statements;
  }
  times.sort((a, b) => a - b);
  const at = (p: number) => times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? 0;
  return { statements, ms: at(0.5), p95: at(0.95) };
}

await withGround(async () => {
  const most = option("cases", 200);
  const rounds = Math.min(option("rounds", 40), Math.floor(most / 4) - 4);
  const desk = await makeDesk({ reviewersPerArticle: 3 });
  const actor: Actor = desk.adjudicator.actor;
  const sizes = [Math.round(most / 4), most, most * 3];
  const rows = new Map<string, string[]>();
  const note = (name: string, { statements, ms, p95 }: Took) =>
    rows.set(name, [...(rows.get(name) ?? []), `${statements}`, `${ms.toFixed(1)} / ${p95.toFixed(1)}`]);
  for (const size of sizes) {
    const articleId = await fill(desk, size);
    const page = () => articleDesk(actor, articleId, {});
    const first = await page();
    const cases = first.ok ? first.value.cases : [];
    note("everything on the screen", await timed(15, page));
    note("earlier rulings", await timed(15, (n) => precedentsOf(actor, cases[n]?.id ?? "")));
    profile.on = size === most && option("profile", 0) === 1;
    const decide = (n: number) =>
      decideCase(actor, cases[n]?.id ?? "", { id: randomUUID(), action: "suggestion", reasonCode: "boundary" });
    note("a decision", await timed(rounds, decide));
    profile.on = false;
  }
  console.log(`\nStatements and ms, median / p95 (load ${loadavg()[0]?.toFixed(1)})\n`);
  console.log(`| | ${sizes.map((n) => `${n} cases | ms`).join(" | ")} |\n|---|${"---|---|".repeat(sizes.length)}`);
  for (const [name, cells] of rows) console.log(`| ${[name, ...cells].join(" | ")} |`);
  for (const [text, { times, ms }] of [...took].sort((a, b) => b[1].ms - a[1].ms))
    console.log(`${(ms / (rounds + 3)).toFixed(2)} ms a decision, ${(times / (rounds + 3)).toFixed(1)} times: ${text}`);
});
