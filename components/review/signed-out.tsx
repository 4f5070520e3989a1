"use client";

import { useState } from "react";
import { api } from "@/components/api";
import { SignInForm } from "@/components/door/sign-in-form";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/page";

/** The session ended while work was going on: signing in again here, as the same person, sends what waits. */
export function SignedOut({
  user,
  count,
  onBack,
}: {
  user: { readonly id: string; readonly email: string; readonly name: string };
  count: number;
  onBack: () => void;
}) {
  const [other, setOther] = useState<string | null>(null);
  const [put, setPut] = useState(false);
  return (
    <>
      <Dialog
        open={!put}
        onOpenChange={(open) => setPut(!open)}
        title="You have been signed out"
        description={`${count === 1 ? "1 change waits" : `${count} changes wait`} on this computer. Sign in again as ${user.name} and nothing is lost.`}
      >
        {other && (
          <div className="mb-3">
            <Notice tone="fault">
              You signed in as {other}, but these changes are {user.name}’s. Nothing was sent.
            </Notice>
          </div>
        )}
        <SignInForm
          email={user.email}
          locked
          onDone={async () => {
            const me = await api<{ id: string; name: string }>("GET", "/me");
            if (me.ok && me.value.id === user.id) onBack();
            else if (me.ok) setOther(me.value.name);
          }}
        />
      </Dialog>
      {put && (
        <button type="button" className="rv-again" onClick={() => setPut(false)}>
          Signed out. Sign in again to send {count === 1 ? "1 change" : `${count} changes`}
        </button>
      )}
    </>
  );
}
