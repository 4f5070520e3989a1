"use client";

import { useState } from "react";
import { type Answer, api } from "../api";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Report } from "./import-report";
import type { ImportReport } from "./upload";

/** One article from its address, fetched by the server. */
export function ImportUrl({ projectId }: { projectId: string }) {
  const [answer, setAnswer] = useState<Answer<ImportReport> | null>(null);
  const [busy, setBusy] = useState(false);

  async function fetchArticle(form: HTMLFormElement) {
    const url = String(new FormData(form).get("url") ?? "").trim();
    setBusy(true);
    setAnswer(null);
    const got = await api<ImportReport>("POST", `/projects/${projectId}/imports/url`, { url });
    setBusy(false);
    setAnswer(got);
    if (got.ok) form.reset();
  }

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void fetchArticle(event.currentTarget);
      }}
    >
      <div className="flex items-end gap-3 max-sm:flex-col max-sm:items-stretch">
        <div className="min-w-0 flex-1">
          <Field
            label="Address"
            name="url"
            type="url"
            required
            placeholder="https://"
            maxLength={2048}
            autoComplete="off"
            spellCheck={false}
            disabled={busy}
          />
        </div>
        <Button look="primary" type="submit" disabled={busy}>
          {busy ? "Fetching" : "Fetch"}
        </Button>
      </div>
      <p className="text-xs text-ink-2">
        A web page, text, Word document or PDF on the public internet. It is kept as it came, beside its text.
      </p>
      {answer && (
        <div className="text-sm">
          <Report projectId={projectId} answer={answer.ok ? answer : { ...answer, errors: [] }} />
        </div>
      )}
    </form>
  );
}
