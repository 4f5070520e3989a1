"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/page";
import { signInWith } from "./sign-in";

/** `next` is a path of this site, checked by the page. */
export function SignInForm({
  next,
  email = "",
  locked = false,
  onDone,
}: {
  next?: string;
  email?: string;
  locked?: boolean;
  onDone?: () => void;
}) {
  const [reason, setReason] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <form
      className="grid gap-4"
      onSubmit={async (event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        setBusy(true);
        setReason(null);
        const answer = await signInWith(
          locked ? email : String(data.get("email") ?? ""),
          String(data.get("password") ?? ""),
        );
        if (!answer.ok) {
          setReason(answer.reason);
          setBusy(false);
        } else if (onDone) onDone();
        else window.location.assign(next ?? "/");
      }}
    >
      {reason && <Notice tone="fault">{reason}</Notice>}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        readOnly={locked}
        required
        autoFocus={!email}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        autoFocus={email !== ""}
      />
      <Button look="primary" type="submit" disabled={busy} className="h-10">
        {busy ? "Signing in" : "Sign in"}
      </Button>
    </form>
  );
}
