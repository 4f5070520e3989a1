"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/page";
import { signOut } from "./sign-out";

/** Asked when changes are not sent yet, or when signing out did not come to pass. */
export function SignOutDialog({ waiting, failed, onClose }: { waiting: number; failed: boolean; onClose: () => void }) {
  const [unreached, setUnreached] = useState(failed);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={waiting > 0 ? "Sign out with changes not sent?" : "Not signed out"}
      {...(waiting > 0
        ? {
            description: `${waiting === 1 ? "1 change has" : `${waiting} changes have`} not reached Gloss. ${waiting === 1 ? "It stays" : "They stay"} in this browser and ${waiting === 1 ? "is" : "are"} sent when you sign in again here and open the article.`,
          }
        : {})}
    >
      {unreached && (
        <div className="mb-4">
          <Notice tone="fault">
            Gloss cannot be reached, so you are still signed in. Try again when the network is back.
          </Notice>
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={async () => setUnreached(!(await signOut()))}>Sign out</Button>
        <Button look="primary" onClick={onClose}>
          Stay
        </Button>
      </div>
    </Dialog>
  );
}
