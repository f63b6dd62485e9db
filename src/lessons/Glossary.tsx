import { lessonText } from '../messages/lessonText.ts';

/** The terms that lessons mark, a sentence each. */
export default function Glossary() {
  return (
    <dl className="glossary after">
      {Object.entries(lessonText.glossary).map(([term, meaning]) => (
        <div key={term}>
          <dt className="strong">{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
