"use client";

/** Sends one file to the project's imports, with progress, cancellable. */
import { type Answer, answerOf } from "../api";

export type ImportFault = {
  readonly line?: number;
  readonly file?: string;
  readonly path?: string;
  readonly message: string;
};
export type ImportReport = {
  readonly articles: { readonly created: number; readonly duplicate: number; readonly version: number };
  readonly spans: { readonly created: number };
  readonly suggestions: { readonly created: number; readonly duplicate: number };
  readonly errors: readonly ImportFault[];
  /** What import decided for each article: a BOM dropped, CRLF made LF, regions proposed, duplicate of another. */
  readonly notes?: readonly {
    readonly articleId?: string;
    readonly title?: string;
    readonly duplicate?: boolean;
    readonly version?: { readonly number: number };
    readonly notes: readonly string[];
  }[];
};

export function upload(
  projectId: string,
  file: File,
  options: {
    readonly format?: string;
    readonly onError: "abort" | "skip";
    readonly as: string;
    readonly samePage?: string;
  },
  mapping: object | null,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer<ImportReport>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const failed = (detail: string) =>
      resolve({ ok: false, status: 0, title: "network", detail, errors: [], retryAfter: null });
    request.open("POST", `/api/v1/projects/${projectId}/imports?${new URLSearchParams(options)}`);
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      const headers = new Headers();
      for (const name of ["content-type", "retry-after"]) {
        const value = request.getResponseHeader(name);
        if (value) headers.set(name, value);
      }
      const bodiless = request.status === 204;
      resolve(
        answerOf<ImportReport>(
          new Response(bodiless ? null : request.responseText, { status: request.status, headers }),
        ),
      );
    };
    request.onerror = () => failed("The connection was lost. Nothing of this file was stored; send it again.");
    request.onabort = () => failed("Cancelled. Nothing of this file was stored.");
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    if (mapping) form.append("mapping", JSON.stringify(mapping));
    form.append("file", file, file.name);
    request.send(form);
  });
}
