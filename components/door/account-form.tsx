"use client";

import { useActionState } from "react";
import type { Fault } from "@/lib/result";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/page";

type State = { readonly message: string; readonly errors: readonly Fault[] } | null;

/** The forms behind one-time links: what is asked depends on the link. Works without script. */
export function AccountForm({
  action,
  ask,
  email,
  name,
  submit,
}: {
  action: (state: State, form: FormData) => Promise<State>;
  ask: readonly ("name" | "email" | "password")[];
  email?: string | null;
  name?: string | null;
  submit: string;
}) {
  const [state, run, busy] = useActionState(action, null);
  const fault = (path: string) => state?.errors.find((error) => error.path === path)?.message;
  return (
    <form action={run} className="grid gap-4">
      {state && <Notice tone="fault">{state.message}</Notice>}
      {ask.includes("name") && (
        <Field
          label="Your name"
          name="name"
          autoComplete="name"
          defaultValue={name ?? ""}
          required
          maxLength={200}
          error={fault("name")}
        />
      )}
      {ask.includes("email") ? (
        <Field label="E-mail" name="email" type="email" autoComplete="username" required error={fault("email")} />
      ) : (
        email && <Field label="E-mail" type="email" autoComplete="username" value={email} readOnly />
      )}
      {ask.includes("password") && (
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          error={fault("password")}
          hint="At least ten characters. A few words in a row are good."
        />
      )}
      <Button look="primary" type="submit" disabled={busy} className="h-10">
        {submit}
      </Button>
    </form>
  );
}
