import type { ReactNode } from 'react';
import { Marked, Prose } from '../../lessons/panel/Prose.tsx';
import { teachers } from '../../messages/en/lessons/teachers.ts';
import { spoken, text } from '../../messages/messages.ts';
import '../../ui/base.css';
import '../layout.css';
import '../../lessons/lessons.css';
import './teachers.css';

const words = spoken?.teachers ?? teachers;

/** What a teacher wants to know before a class: a page of text, to be printed too. */
export function TeachersPage() {
  return (
    <div className="linked teachers">
      <header className="teachers-head">
        <a href="./">{text.app.name}</a>
        <a href="./">{words.back}</a>
      </header>
      <main>
        <h1>{words.title}</h1>
        <Prose paragraphs={words.intro} />
        <Section title={words.aims.title}>
          <Prose paragraphs={[words.aims.lead]} />
          <ul className="column teachers-list">{items(words.aims.items)}</ul>
        </Section>
        <Section title={words.before.title}>
          <ul className="column teachers-list">{items(words.before.items)}</ul>
        </Section>
        <Section title={words.paths.title}>
          <div className="teachers-paths">
            {words.paths.list.map(({ minutes, steps }) => (
              <section key={minutes} className="column lesson-card">
                <h3 className="text">{words.paths.minutes(minutes)}</h3>
                <ol className="column teachers-list">{items(steps)}</ol>
              </section>
            ))}
          </div>
        </Section>
        <Section title={words.questions.title}>
          <dl className="column teachers-questions">
            {words.questions.list.map(({ question, answer }) => (
              <div key={question}>
                <dt className="strong">{question}</dt>
                <dd>
                  <Marked paragraph={answer} />
                </dd>
              </div>
            ))}
          </dl>
        </Section>
        <Section title={words.misconceptions.title}>
          <ul className="column teachers-list">{items(words.misconceptions.items)}</ul>
        </Section>
        <Section title={words.limits.title}>
          <ul className="column teachers-list">{items(words.limits.items)}</ul>
        </Section>
      </main>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="teachers-section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

const items = (paragraphs: readonly string[]) =>
  paragraphs.map((paragraph) => (
    <li key={paragraph}>
      <Marked paragraph={paragraph} />
    </li>
  ));
