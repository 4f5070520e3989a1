/**
 * Which articles of an import are new versions of others: by their page, by an editor's word, or because the file says so. The former version
 * is locked; its reviews are carried over when the new one's own rows are there.
 */
import { Prisma } from "../../generated/prisma/client";
import type { AuditEvent } from "./audit";
import type { Bulk } from "./bulk";
import type { Ids } from "./importsIds";
import type { Ready } from "./importsStore";
import type { CarriedOver } from "./versions.schema";
import { carryReviews } from "./versionsCarry";
import { Chains, lockPages, type Member, pageKey } from "./versionsPages";

export type VersionWanted =
  /** Of whatever article of the project has the same page. `lock`: others who bring the same page wait. */
  | { readonly kind: "page"; readonly lock: boolean }
  /** Of this article, or a version of it. */
  | { readonly kind: "after"; readonly articleId: string }
  /** Native JSONL: the file's id of the first version, and the number that it had. */
  | { readonly kind: "declared"; readonly of: string; readonly number: number | null };

export type NewVersion = {
  readonly number: number;
  /** The id of the version before it. */
  readonly of: string;
  /** How many were carried over. */
  readonly reviews: number;
  /** null: the file brings both versions with their reviews; or whoever asks reviews it themselves, and must not hear of others' marks. */
  readonly carried: CarriedOver | null;
};

type Placed = {
  readonly former: Member | null;
  readonly chainId: string | null;
  readonly textVersion: number;
  /** The file itself says of what it is a version. */
  readonly declared: boolean;
  readonly notes: readonly string[];
};

export const declaredBy = ({ version }: Ready): string | null => (version?.kind === "declared" ? version.of : null);

export class Versions {
  readonly #placed = new Map<string, Placed>();
  /** First versions that have others from now on. */
  readonly #opened = new Set<string>();

  private constructor(
    readonly projectId: string,
    readonly ids: Ids,
    readonly chains: Chains,
  ) {}

  static async of(bulk: Bulk, projectId: string, ids: Ids, batch: readonly Ready[]): Promise<Versions> {
    const pages = batch.filter(({ version }) => version?.kind === "page");
    const keys = [...new Set(pages.map((one) => pageKey(one.article)))].filter((key) => key !== "");
    if (pages.some(({ version }) => version?.kind === "page" && version.lock))
      await lockPages(bulk.tx, projectId, keys);
    const named = batch.flatMap(({ version }) =>
      version?.kind === "after"
        ? [version.articleId]
        : version?.kind === "declared"
          ? [ids.reference("article", version.of)]
          : [],
    );
    const any = keys.length + named.length > 0;
    const chains = any ? await Chains.of(bulk, projectId, { pages: keys, ids: [...new Set(named)] }) : new Chains();
    return new Versions(projectId, ids, chains);
  }

  /** The chains that an article may belong to. */
  #chainsOf({ version, article }: Ready): readonly string[] {
    if (!version) return [];
    if (version.kind === "page") {
      const page = pageKey(article);
      return page === "" ? [] : this.chains.byPage(page);
    }
    const id = version.kind === "after" ? version.articleId : this.ids.reference("article", version.of);
    const key = this.chains.byId(id);
    return key === null ? [] : [key];
  }

  /** The version that has the same text already, in other signs at most; by the file's own word each is what it says. */
  repeated(one: Ready): Pick<Member, "id" | "title"> | null {
    return one.version?.kind === "declared" ? null : this.chains.repeated(this.#chainsOf(one), one.article.text);
  }

  place(one: Ready, id: string): void {
    const [key, ...others] = this.#chainsOf(one);
    const placed =
      others.length > 0 ? apart(others.length + 1) : key === undefined ? this.#alone(one) : this.#next(key, one);
    this.#placed.set(id, placed);
    const { former, chainId, textVersion } = placed;
    const { title, url, outlet, story, split } = one.article;
    this.chains.add({
      ...{ id, title: title ?? "", url, outlet, duplicateKey: one.duplicateKey, pageKey: pageKey(one.article) },
      ...{ chainId, textVersion, live: true, fresh: true, batchId: one.batchId ?? former?.batchId ?? null },
      ...{
        single: former?.single ?? null,
        story: story ?? former?.story ?? null,
        split: split ?? former?.split ?? null,
      },
    });
  }

  #alone({ version }: Ready): Placed {
    if (version?.kind !== "declared") return NEW;
    // The versions before it are not here. Its number stays, and what comes later under the same name joins it.
    const chainId = this.ids.reference("article", version.of);
    const notes = ["The version before it is not here."];
    return { former: null, chainId, textVersion: version.number ?? 2, declared: true, notes };
  }

  #next(key: string, { version }: Ready): Placed {
    const former = this.chains.newest(key);
    const textVersion = this.chains.number(key, version?.kind === "declared" ? version.number : null);
    for (const id of this.chains.unchained(key)) this.#opened.add(id);
    return { former, chainId: key, textVersion, declared: version?.kind === "declared", notes: [] };
  }

  /** What the article's row says of it. */
  row(one: Ready, id: string) {
    const placed = this.#placed.get(id);
    const former = placed?.former;
    return {
      pageKey: pageKey(one.article),
      chainId: placed?.chainId ?? (this.#opened.has(id) ? id : null),
      textVersion: placed?.textVersion ?? 1,
      batchId: one.batchId ?? former?.batchId ?? null,
      single: one.batchId === null ? (former?.single ?? null) : null,
      story: one.article.story ?? former?.story ?? null,
      split: one.article.split ?? former?.split ?? null,
    };
  }

  /** Before the new versions are written: those whose first they follow have a chain from now on. */
  async open(bulk: Bulk): Promise<void> {
    if (this.#opened.size === 0) return;
    await bulk.run(
      Prisma.sql`UPDATE "Article" SET "chainId" = "id" WHERE "id" = ANY (${[...this.#opened]}::uuid[]) AND "chainId" IS NULL`,
    );
  }

  notes(id: string): readonly string[] {
    return this.#placed.get(id)?.notes ?? [];
  }

  /** For those that were written, in their order, so that a version of a version finds what was carried into the one before. */
  async carry(bulk: Bulk, actorId: string | null, ids: readonly string[]): Promise<ReadonlyMap<string, NewVersion>> {
    const made = new Map<string, NewVersion>();
    for (const articleId of ids) {
      const placed = this.#placed.get(articleId);
      const former = placed?.former;
      if (!placed || !former) continue;
      const { projectId } = this;
      // A file that brings both versions brings the reviews of both.
      const stays = (placed.declared && former.fresh) || former.textVersion > placed.textVersion;
      const carried = stays ? null : await carryReviews(bulk, { projectId, formerId: former.id, articleId }, actorId);
      const hidden = carried !== null && (await reviewsItself(bulk, articleId, actorId));
      made.set(articleId, {
        number: placed.textVersion,
        of: former.id,
        reviews: carried?.reviews ?? 0,
        carried: hidden ? null : carried,
      });
    }
    return made;
  }
}

/** Blind: whoever has an open review of the article learns nothing of what others marked, not even how much. */
async function reviewsItself(bulk: Bulk, articleId: string, actorId: string | null): Promise<boolean> {
  const rows = await bulk.ask<{ id: string }>(Prisma.sql`
    SELECT r."id" FROM "Review" r JOIN "Project" p ON p."id" = r."projectId" AND p."blind"
     WHERE r."articleId" = ${articleId}::uuid AND r."reviewerId" = ${actorId}::uuid AND r."deletedAt" IS NULL`);
  return rows.length > 0;
}

const NEW: Placed = { former: null, chainId: null, textVersion: 1, declared: false, notes: [] };

const apart = (many: number): Placed => ({
  ...NEW,
  notes: [`${many} articles here are of this page; it was stored apart. Say of which it is a version, if it is one.`],
});

export const versionEvent = (articleId: string, { number, of, reviews }: NewVersion): AuditEvent => ({
  type: "article.version",
  articleId,
  of,
  number,
  reviews,
});

/** What became of the marks, for an import's notes. */
export function versionInWords({ number, carried }: NewVersion): string {
  const words = `This is version ${number} of an article that was here.`;
  if (!carried || carried.reviews + carried.left === 0) return words;
  const marks = `${carried.exact} on the same words, ${carried.drifted} on changed words, ${carried.orphans} ${carried.orphans === 1 ? "mark" : "marks"} without a place`;
  const left = carried.left > 0 ? ` ${carried.left} stay with the version before.` : "";
  return `${words} ${carried.reviews} ${carried.reviews === 1 ? "review was" : "reviews were"} carried over: ${marks}.${left}`;
}
