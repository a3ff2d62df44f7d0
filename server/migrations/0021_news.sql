-- What the city has to say on its site.
create table news (
  news_id integer generated always as identity primary key,
  day date not null,
  title_ru text not null check (length(title_ru) between 1 and 200),
  title_en text not null check (length(title_en) between 1 and 200),
  text_ru text not null check (length(text_ru) between 1 and 10000),
  text_en text not null check (length(text_en) between 1 and 10000)
);
create index news_by_day on news (day);
