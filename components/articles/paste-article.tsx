"use client";

import Link from "next/link";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Field, TextArea } from "../ui/field";
import { Notice } from "../ui/page";

type Made = { readonly id: string; readonly title: string; readonly duplicate?: boolean };

const FIELDS = [
  ["outlet", "Outlet"],
  ["repostedBy", "Reposted by"],
  ["author", "Author"],
  ["dateline", "Dateline"],
  ["url", "Address"],
  ["published", "Published, as printed"],
  ["language", "Language (en, ru)"],
  ["licence", "Licence"],
] as const;

/** One article by hand. The text goes in as it stands in the box: nothing is trimmed or tidied. */
export function PasteArticle({ projectId }: { projectId: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [busy, setBusy] = useState(false);
  const fault = (path: string) => problem?.errors.find((error) => error.path === path)?.message;
  return (
    <form
      className="grid gap-4"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        const article: Record<string, string> = {};
        for (const name of ["title", "text", ...FIELDS.map(([field]) => field)]) {
          const value = String(data.get(name) ?? "");
          if (value !== "" || name === "text") article[name] = value;
        }
        setBusy(true);
        const answer = await api<Made>("POST", `/projects/${projectId}/articles`, article);
        setBusy(false);
        setProblem(answer.ok ? null : answer);
        setMade(answer.ok ? answer.value : null);
        if (answer.ok) form.reset();
      }}
    >
      {problem && (
        <Notice tone="fault">
          {problem.detail} {problem.errors.length > 0 && problem.errors.map((error) => error.message).join(" ")}
        </Notice>
      )}
      {made && (
        <Notice>
          <Link className="link text-ink" href={`/projects/${projectId}/articles/${made.id}`}>
            {made.title || "The article"}
          </Link>{" "}
          {made.duplicate
            ? "was there already and was not stored twice."
            : "is in. Look over its regions, then paste the next."}
        </Notice>
      )}
      <Field label="Title" name="title" error={fault("title")} />
      <TextArea
        label="Text"
        name="text"
        required
        className="min-h-72 font-serif text-[16px] leading-6"
        error={fault("text")}
      />
      <details>
        <summary className="cursor-pointer py-1 font-medium">Where it is from</summary>
        <div className="mt-2 grid gap-3 sm:grid-cols-2">
          {FIELDS.map(([name, label]) => (
            <Field key={name} name={name} label={label} error={fault(name)} />
          ))}
        </div>
      </details>
      <div>
        <Button look="primary" type="submit" disabled={busy}>
          {busy ? "Importing" : "Import this article"}
        </Button>
      </div>
    </form>
  );
}
