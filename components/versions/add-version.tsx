"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, TextArea } from "../ui/field";
import { Notice } from "../ui/page";

type Made = { readonly id: string; readonly duplicate: boolean; readonly textVersion: number };

const FIELDS = ["text", "title", "url"];

/** Another text for an article by hand, for pages without an address or with a new one. */
export function AddVersion({
  projectId,
  articleId,
  title,
  url,
}: {
  projectId: string;
  articleId: string;
  title: string;
  url: string | null;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [same, setSame] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const fault = (path: string) => problem?.errors.find((error) => error.path === path)?.message;
  return (
    <Dialog
      title="A new version"
      description="The text as the page has it now. Reviews go over to it and are in progress there; this version stays as it is, and no longer counts."
      open={open}
      onOpenChange={setOpen}
      wide
      trigger={<Button>Add a version</Button>}
    >
      <form
        className="grid gap-3"
        onSubmit={async (event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const given = (name: string) => String(data.get(name) ?? "");
          setBusy(true);
          setSame(null);
          const answer = await api<Made>("POST", `/articles/${articleId}/versions`, {
            text: given("text"),
            title: given("title") || title,
            url: given("url") || null,
          });
          setBusy(false);
          setProblem(answer.ok ? null : answer);
          if (!answer.ok) return;
          if (answer.value.duplicate) return setSame(answer.value.textVersion);
          setOpen(false);
          router.push(`/projects/${projectId}/articles/${answer.value.id}/diff`);
          router.refresh();
        }}
      >
        {problem && !FIELDS.some(fault) && <Notice tone="fault">{problem.errors[0]?.message ?? problem.detail}</Notice>}
        {same !== null && <Notice>Version {same} has this text already. Nothing was stored.</Notice>}
        <TextArea
          label="Text"
          name="text"
          required
          autoFocus
          className="min-h-56 font-serif text-[16px] leading-6"
          error={fault("text")}
        />
        <Field label="Title" name="title" defaultValue={title} error={fault("title")} />
        <Field label="Address" name="url" defaultValue={url ?? ""} error={fault("url")} />
        <div>
          <Button look="primary" type="submit" disabled={busy}>
            {busy ? "Storing" : "Make this the newest version"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
