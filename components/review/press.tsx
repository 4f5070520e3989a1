"use client";

import type { ComponentProps } from "react";

/**
 * A button beside the article. Pressed with a pointer it leaves the focus in the article, so that the keys go on acting there;
 * by keyboard it is reached and pressed like any other.
 */
export function Press({ type = "button", ...props }: ComponentProps<"button">) {
  return <button type={type} onMouseDown={(event) => event.preventDefault()} {...props} />;
}
