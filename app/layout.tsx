import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/newsreader/opsz.css";
import "@fontsource-variable/newsreader/opsz-italic.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { NewVersion } from "@/components/shell/new-version";
import { Toaster } from "@/components/ui/toaster";

export const metadata: Metadata = {
  title: { default: "Gloss", template: "%s · Gloss" },
  description: "A fact-check annotation workbench",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf7" },
    { media: "(prefers-color-scheme: dark)", color: "#171614" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en" data-build={process.env.GLOSS_BUILD} suppressHydrationWarning>
      <body>
        <ThemeProvider attribute="data-theme" nonce={nonce} disableTransitionOnChange>
          {children}
          <Toaster />
          <NewVersion />
        </ThemeProvider>
      </body>
    </html>
  );
}
