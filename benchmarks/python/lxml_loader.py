#!/usr/bin/python3
"""A good Python loader of flat XML records: lxml, psycopg2.extras.execute_values, threads with connections of their own.

Rows may refer to rows of any other file, so the tables are filled level by level: what refers to nothing goes in while
files are still being read, the rest waits in memory until everything it refers to is committed.

    lxml_loader.py [--dsn DSN] [--threads 8] [--page 2000] [--files 50] MAPPING FOLDER

The connection string is --dsn, or DATABASE_URL, or libpq's own PG* variables.
"""

import argparse
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg2
from lxml import etree
from psycopg2.extras import execute_values


class Table:
    def __init__(self, mapping):
        self.name = mapping["name"]
        self.element = mapping["records"].split("/")[-1]
        self.columns = [column["name"] for column in mapping["columns"]]
        self.paths = [column["path"] for column in mapping["columns"]]
        self.parents = {reference["table"] for reference in mapping.get("references", [])}
        self.insert = f"insert into {self.name} ({', '.join(self.columns)}) values %s"


def levels_of(tables):
    """Tables grouped so that each refers only to earlier groups."""
    left, done, levels = list(tables), set(), []
    while left:
        level = [table for table in left if table.parents <= done]
        if not level:
            raise ValueError("the tables refer to each other in a circle")
        levels.append(level)
        done |= {table.name for table in level}
        left = [table for table in left if table.name not in done]
    return levels


def read_file(path, by_element, rows):
    root = etree.parse(path).getroot()
    for record in root:
        table = by_element.get(record.tag)
        if table is not None:
            value = {child.tag: child.text for child in record}.get
            rows[table.name].append(tuple([value(name) for name in table.paths]))


class Connections:
    """One connection for each thread, kept until the end."""

    def __init__(self, dsn):
        self.dsn = dsn
        self.local = threading.local()
        self.opened = []

    def get(self):
        if not hasattr(self.local, "connection"):
            self.local.connection = psycopg2.connect(self.dsn)
            self.opened.append(self.local.connection)
        return self.local.connection

    def close(self):
        for connection in self.opened:
            connection.close()


def insert(connections, table, rows, page):
    connection = connections.get()
    with connection.cursor() as cursor:
        execute_values(cursor, table.insert, rows, page_size=page)
    connection.commit()


def slices(items, size):
    return [items[at : at + size] for at in range(0, len(items), size)]


def load(options):
    with open(options.mapping, encoding="utf-8") as file:
        tables = [Table(mapping) for mapping in json.load(file)["tables"]]
    by_element = {table.element: table for table in tables}
    first, *later = levels_of(tables)
    connections = Connections(options.dsn)
    waiting = {table.name: [] for level in later for table in level}

    def load_files(paths):
        rows = {table.name: [] for table in tables}
        for path in paths:
            read_file(path, by_element, rows)
        for table in first:
            if rows[table.name]:
                insert(connections, table, rows[table.name], options.page)
        for name, held in waiting.items():
            held.extend(rows[name])

    paths = sorted(
        os.path.join(at, name) for at, _, names in os.walk(options.folder) for name in names if name.endswith(".xml")
    )
    with ThreadPoolExecutor(max_workers=options.threads) as pool:
        list(pool.map(load_files, slices(paths, options.files)))
        for level in later:
            work = [(table, part) for table in level for part in slices(waiting[table.name], options.page)]
            list(pool.map(lambda item: insert(connections, *item, options.page), work))
    connections.close()
    print(f"OK {len(paths)} files")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mapping")
    parser.add_argument("folder")
    parser.add_argument("--dsn", default=os.environ.get("DATABASE_URL", ""))
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--page", type=int, default=2000)
    parser.add_argument("--files", type=int, default=50)
    load(parser.parse_args())


if __name__ == "__main__":
    main()
