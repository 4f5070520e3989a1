"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cls } from "./class";

const CONTROL =
  "w-full rounded-md border border-ink-3 bg-surface px-2.5 text-sm text-ink aria-invalid:border-ink aria-invalid:outline-1 aria-invalid:outline-ink disabled:opacity-60";

type Words = { label: string; hint?: ReactNode; error?: string | null | undefined; hideLabel?: boolean };

function Frame({ id, label, hint, error, hideLabel, children }: Words & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "font-medium"}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-2">
          {hint}
        </p>
      )}
      {error && (
        <p
          id={`${id}-error`}
          role="alert"
          className="text-xs font-medium text-ink before:mr-1 before:content-['!'] before:font-bold"
        >
          {error}
        </p>
      )}
    </div>
  );
}

const described = (id: string, { hint, error }: Words) =>
  cls(hint ? `${id}-hint` : null, error ? `${id}-error` : null) || undefined;

/** A labelled input with hint and error tied to it. */
export function Field({
  label,
  hint,
  error,
  hideLabel,
  className,
  id: given,
  ...props
}: Words & ComponentProps<"input">) {
  const made = useId();
  const id = given ?? made;
  const words = { label, hint, error, ...(hideLabel ? { hideLabel } : {}) };
  return (
    <Frame id={id} {...words}>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, words)}
        className={cls(CONTROL, "h-8 max-sm:h-10 max-sm:text-base", className)}
        {...props}
      />
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  className,
  id: given,
  ...props
}: Words & ComponentProps<"textarea">) {
  const made = useId();
  const id = given ?? made;
  const words = { label, hint, error, ...(hideLabel ? { hideLabel } : {}) };
  return (
    <Frame id={id} {...words}>
      <textarea
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, words)}
        className={cls(CONTROL, "min-h-20 py-1.5 max-sm:text-base", className)}
        {...props}
      />
    </Frame>
  );
}

/** A native select: the platform's own keyboard, on phones its own wheel. */
export function Select({
  label,
  hint,
  error,
  hideLabel,
  className,
  id: given,
  options,
  ...props
}: Words & ComponentProps<"select"> & { options: readonly { value: string; name: string }[] }) {
  const made = useId();
  const id = given ?? made;
  const words = { label, hint, error, ...(hideLabel ? { hideLabel } : {}) };
  return (
    <Frame id={id} {...words}>
      <select
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, words)}
        className={cls(CONTROL, "h-8 max-sm:h-10", className)}
        {...props}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </Frame>
  );
}

export function Checkbox({ label, hint, className, ...props }: Words & ComponentProps<"input">) {
  const id = useId();
  return (
    <div className={cls("flex items-start gap-2", className)}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4 accent-[var(--ink)]"
        {...props}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-ink-2">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
