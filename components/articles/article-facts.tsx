"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { sizeInWords } from "../releases/words";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Notice } from "../ui/page";
import { Ago } from "../ui/time";

export type Facts = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly outlet: string | null;
  readonly repostedBy: string | null;
  readonly author: string | null;
  readonly dateline: string | null;
  readonly url: string | null;
  readonly published: string | null;
  readonly publishedDate: string | null;
  readonly publishedPrecision: string | null;
  readonly language: string | null;
  readonly licence: string | null;
  readonly textSha256: string;
  readonly length: number;
  readonly original: Original | null;
};

type Original = {
  readonly name: string | null;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly url: string | null;
  readonly fetchedAt: string | null;
};

const FIELDS = [
  ["title", "Title"],
  ["outlet", "Outlet"],
  ["repostedBy", "Reposted by"],
  ["author", "Author"],
  ["dateline", "Dateline"],
  ["url", "Address"],
  ["published", "Published, as printed"],
  ["language", "Language"],
  ["licence", "Licence"],
] as const;

/** Where an article is from. The text itself never changes; its hash stands here. */
export function ArticleFacts({ article, mayEdit }: { article: Facts; mayEdit: boolean }) {
  const meaning = article.publishedDate
    ? `${article.publishedDate}${article.publishedPrecision ? `, to the ${article.publishedPrecision}` : ""}`
    : article.published
      ? "could mean more than one day"
      : null;
  return (
    <>
      <dl className="grid gap-x-10 gap-y-2 sm:grid-cols-2 lg:grid-cols-3">
        {FIELDS.slice(1).map(([key, name]) => (
          <div key={key} className="min-w-0 border-b border-rule pb-1.5">
            <dt className="text-xs text-ink-2">{name}</dt>
            <dd className="break-words">{article[key] ?? <span className="text-ink-2">not known</span>}</dd>
          </div>
        ))}
        <div className="border-b border-rule pb-1.5">
          <dt className="text-xs text-ink-2">Published, understood as</dt>
          <dd>{meaning ?? <span className="text-ink-2">not known</span>}</dd>
        </div>
        <div className="border-b border-rule pb-1.5">
          <dt className="text-xs text-ink-2">Length</dt>
          <dd>{article.length.toLocaleString("en")} characters</dd>
        </div>
        <div className="min-w-0 border-b border-rule pb-1.5 sm:col-span-2">
          <dt className="text-xs text-ink-2">SHA-256 of the text</dt>
          <dd className="font-mono text-xs break-all">{article.textSha256}</dd>
        </div>
        {article.original && <OriginalFile articleId={article.id} original={article.original} />}
      </dl>
      {mayEdit && (
        <div className="mt-3">
          <EditFacts article={article} />
        </div>
      )}
    </>
  );
}

/** The file that the text was read from, as it came. */
function OriginalFile({ articleId, original }: { articleId: string; original: Original }) {
  return (
    <div className="min-w-0 border-b border-rule pb-1.5 sm:col-span-2 lg:col-span-3">
      <dt className="text-xs text-ink-2">Original file</dt>
      <dd className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <a className="link min-w-0 break-all" href={`/api/v1/articles/${articleId}/original`} download>
          {original.name ?? "Download"}
        </a>
        <span className="text-ink-2">
          {original.mediaType}, {sizeInWords(original.size)}
        </span>
        {original.url && original.fetchedAt && (
          <span className="min-w-0 break-all text-ink-2">
            fetched from {original.url}, <Ago at={original.fetchedAt} />
          </span>
        )}
        <span className="basis-full font-mono text-xs break-all">SHA-256 {original.sha256}</span>
      </dd>
    </div>
  );
}

function EditFacts({ article }: { article: Facts }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = (path: string) => problem?.errors.find((error) => error.path === path)?.message;
  return (
    <Dialog title="Where it is from" open={open} onOpenChange={setOpen} wide trigger={<Button>Edit</Button>}>
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={async (event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const part = Object.fromEntries(FIELDS.map(([key]) => [key, String(data.get(key) ?? "") || null]));
          const answer = await api("PATCH", `/articles/${article.id}`, { version: article.version, ...part });
          setProblem(answer.ok ? null : answer);
          if (answer.ok) {
            setOpen(false);
            router.refresh();
          }
        }}
      >
        {problem && (
          <div className="sm:col-span-2">
            <Notice tone="fault">{problem.detail}</Notice>
          </div>
        )}
        {FIELDS.map(([key, name]) => (
          <div key={key} className={key === "title" || key === "url" ? "sm:col-span-2" : ""}>
            <Field label={name} name={key} defaultValue={article[key] ?? ""} error={fault(key)} />
          </div>
        ))}
        <div className="sm:col-span-2">
          <Button look="primary" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
