"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { Checkbox, Field } from "../ui/field";
import { Badge, Notice } from "../ui/page";
import { Ago } from "../ui/time";
import { WebhookDeliveries } from "./webhook-deliveries";
import { EVENTS, type WebhookRow } from "./webhook-words";

/** Where the project's events are told to. The secret of a new one is shown once, here. */
export function Webhooks({
  projectId,
  switchedOn,
  hooks,
}: {
  projectId: string;
  switchedOn: boolean;
  hooks: readonly WebhookRow[];
}) {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <div className="grid gap-5">
      {!switchedOn && (
        <Notice>
          Gloss sends nothing by itself. Whoever runs it can allow it to, with the setting GLOSS_WEBHOOKS; until then
          none can be added, and nothing is told.
        </Notice>
      )}
      {hooks.length > 0 && (
        <ul className="grid gap-4">
          {hooks.map((hook) => (
            <li key={hook.id}>
              <Webhook projectId={projectId} hook={hook} switchedOn={switchedOn} />
            </li>
          ))}
        </ul>
      )}
      {switchedOn && <AddWebhook projectId={projectId} onSecret={setSecret} />}
      {secret && (
        <div className="grid max-w-2xl gap-2">
          <p>This secret signs what is sent. Copy it to the receiver now; it is not shown again.</p>
          <CopyField label="Secret of the webhook" value={secret} />
        </div>
      )}
    </div>
  );
}

function Webhook({ projectId, hook, switchedOn }: { projectId: string; hook: WebhookRow; switchedOn: boolean }) {
  const router = useRouter();
  const path = `/projects/${projectId}/webhooks/${hook.id}`;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(0);
  async function act(method: "POST" | "PATCH", at: string, body?: unknown): Promise<boolean> {
    const answer = await api(method, at, body);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) router.refresh();
    return answer.ok;
  }
  return (
    <article aria-label={hook.url} className="grid gap-3 rounded-md border border-rule p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 font-mono text-[13px] break-all">{hook.url}</p>
        <Badge strong={!hook.enabled}>{hook.enabled ? "on" : "off"}</Badge>
      </div>
      <p className="text-ink-2">{hook.events.map((event) => EVENTS[event]).join(", ")}</p>
      {hook.disabledAt && (
        <Notice tone="fault">
          Gloss switched it off <Ago at={hook.disabledAt} />, as nothing had arrived there for days or nobody wanted it.
          Switch it on again when the receiver is back: what is not a day old is then sent.
        </Notice>
      )}
      {hook.enabled && hook.failingSince && (
        <Notice>
          What is sent does not arrive there (first <Ago at={hook.failingSince} />
          ). Gloss goes on trying for a day.
        </Notice>
      )}
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button
          onClick={() => void act("PATCH", path, { enabled: !hook.enabled })}
          disabled={!switchedOn && !hook.enabled}
        >
          {hook.enabled ? "Switch off" : "Switch on"}
        </Button>
        <Button
          disabled={!switchedOn}
          onClick={async () => {
            if (!(await act("POST", `${path}/ping`))) return;
            setOpen(true);
            setAsked(asked + 1);
          }}
        >
          Send a test
        </Button>
        <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide deliveries" : "Deliveries"}
        </Button>
        <RemoveWebhook path={path} url={hook.url} />
      </div>
      {open && <WebhookDeliveries key={asked} path={path} url={hook.url} mayReplay={switchedOn} />}
    </article>
  );
}

function RemoveWebhook({ path, url }: { path: string; url: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <Dialog
      title="Remove this webhook?"
      description={url}
      trigger={<Button look="quiet">Remove</Button>}
      open={open}
      onOpenChange={setOpen}
    >
      <div className="grid gap-4">
        <p>Its secret, what it was told and what still waits go with it, for good.</p>
        {problem && <Notice tone="fault">{problem.detail}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button
            look="danger"
            onClick={async () => {
              const answer = await api("DELETE", path);
              setProblem(answer.ok ? null : answer);
              if (!answer.ok) return;
              setOpen(false);
              router.refresh();
            }}
          >
            Remove it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function AddWebhook({ projectId, onSecret }: { projectId: string; onSecret: (secret: string | null) => void }) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = (path: string) => problem?.errors.find((error) => error.path === path)?.message;
  return (
    <form
      className="grid max-w-2xl gap-3"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        const answer = await api<{ secret: string | null }>("POST", `/projects/${projectId}/webhooks`, {
          url: String(data.get("url")),
          events: data.getAll("events").map(String),
        });
        setProblem(answer.ok ? null : answer);
        onSecret(answer.ok ? answer.value.secret : null);
        if (!answer.ok) return;
        form.reset();
        router.refresh();
      }}
    >
      <Field
        label="Address"
        name="url"
        type="url"
        required
        maxLength={2000}
        placeholder="https://"
        error={fault("url")}
        hint="Of a program of yours on the public internet. It gets ids only, never texts or marks."
      />
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-medium">Tell it when</legend>
        {Object.entries(EVENTS).map(([event, name]) => (
          <Checkbox key={event} label={name} name="events" value={event} defaultChecked />
        ))}
        {fault("events") && (
          <p role="alert" className="text-xs font-medium">
            Choose at least one.
          </p>
        )}
      </fieldset>
      {problem && problem.errors.length === 0 && <Notice tone="fault">{problem.detail}</Notice>}
      <div>
        <Button type="submit">Add a webhook</Button>
      </div>
    </form>
  );
}
