import { readFileSync } from 'node:fs';

/** One frame that a hostile or careless client sends, and what must come back: see `about` in the data files. */
export interface FrameCase {
  id: string;
  why: string;
  text?: string;
  parts?: [text: string, times: number][];
  binary?: boolean;
  expect: { error?: string; ack?: true; close?: number };
  echo?: true;
}

export const frameCases = (file: string): FrameCase[] =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')).cases;

export const textOf = ({ text, parts = [] }: FrameCase): string =>
  text ?? parts.map(([part, times]) => part.repeat(times)).join('');
