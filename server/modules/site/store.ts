import type pg from 'pg';
import type { NewsItem } from '../../../contract/site.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Words } from '../network/index.ts';

type Queries = Pick<pg.Pool, 'query'>;

const NEWS_SHOWN = 50;

/** What the city has to say, newest first. */
export async function news(queries: Queries): Promise<NewsItem[]> {
  const { rows } = await queries.query<NewsItem>(
    `select news_id as "newsId", day::text as day, json_build_object('ru', title_ru, 'en', title_en) as title,
       json_build_object('ru', text_ru, 'en', text_en) as text
     from news order by day desc, news_id desc limit ${NEWS_SHOWN}`,
  );
  return rows;
}

export async function addNews(queries: Queries, day: CivilDate, title: Words, text: Words): Promise<void> {
  await queries.query('insert into news (day, title_ru, title_en, text_ru, text_en) values ($1, $2, $3, $4, $5)', [
    day,
    title.ru,
    title.en,
    text.ru,
    text.en,
  ]);
}
