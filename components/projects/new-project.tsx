"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, TextArea } from "../ui/field";
import { Notice } from "../ui/page";

/** A new project has the default scheme and guideline; the sample has articles, three reviewers and cases to play with. */
export function NewProject({ look = "primary" }: { look?: "primary" | "plain" }) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title="New project"
      description="It begins with the four labels and the guideline that ship with Gloss. All of it can be changed."
      trigger={<Button look={look}>New project</Button>}
    >
      <form
        className="grid gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          setBusy(true);
          const answer = await api<{ id: string }>("POST", "/projects", {
            name: String(data.get("name")),
            description: String(data.get("description")),
          });
          setBusy(false);
          setProblem(answer.ok ? null : answer);
          if (answer.ok) router.push(`/projects/${answer.value.id}/import`);
        }}
      >
        {problem && (
          <Notice tone="fault">{problem.errors.map((error) => error.message).join(" ") || problem.detail}</Notice>
        )}
        <Field label="Name" name="name" required maxLength={200} autoFocus />
        <TextArea label="What it is about" name="description" maxLength={5000} />
        <Button look="primary" type="submit" disabled={busy}>
          {busy ? "Making it" : "Make the project"}
        </Button>
      </form>
    </Dialog>
  );
}

export function OpenSample({ look = "plain" }: { look?: "primary" | "plain" }) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <>
      <Button
        look={look}
        disabled={busy}
        onClick={async () => {
          setBusy(true);
          const answer = await api<{ id: string }>("POST", "/projects", { from: "sample" });
          setBusy(false);
          setProblem(answer.ok ? null : answer);
          if (answer.ok) router.push(`/projects/${answer.value.id}`);
        }}
      >
        {busy ? "Opening the sample" : "Open the sample project"}
      </Button>
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
    </>
  );
}
