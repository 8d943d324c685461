"""The databases that are measured on: an SQLite file, and a PostgreSQL cluster of our own with its settings as they come."""

import os
import shutil
import socket
import sqlite3
import subprocess
import uuid
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Nothing here is searched for: the indexer has nothing to do while it is measured.
NOTHING_TO_INDEX = """INSERT INTO search_positions SELECT network_id, last_change FROM network_streams WHERE true
    ON CONFLICT (network_id) DO UPDATE SET indexed = excluded.indexed"""
# The newest sign-in: its session and its person.
SESSION = "SELECT id, person_id FROM auth_sessions ORDER BY created_at DESC LIMIT 1"


class Sqlite:
    name = "SQLite"

    def made(self, folder):
        """The URL of a new database."""
        self.file = folder / "bench.sqlite"
        return f"sqlite://{self.file}"

    def filled(self, indexed):
        with closing(sqlite3.connect(self.file)) as database:
            if not indexed:
                with database:
                    database.execute(NOTHING_TO_INDEX)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def session(self):
        with closing(sqlite3.connect(self.file)) as database:
            return [str(uuid.UUID(bytes=each)) for each in database.execute(SESSION).fetchone()]

    def size(self):
        """Bytes that the database takes."""
        return self.file.stat().st_size

    def worked(self):
        """Seconds of processor time: none besides the service's."""
        return 0


class Postgres:
    """A cluster of its own, with its settings as they come."""

    name = "PostgreSQL"

    def __init__(self, folder):
        found = subprocess.run([ROOT / "scripts/ensure-postgres"], check=True, stdout=subprocess.PIPE, text=True).stdout
        self.programs = Path(found.strip().rsplit(" in ", 1)[1])
        self.folder, self.made_so_far = Path(folder) / "postgres", 0
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D", self.folder / "data")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "start", "-w", "-o", settings, "-D", self.folder / "data", "-l", self.folder / "log")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", self.folder / "data")

    def run(self, program, *arguments):
        """initdb and the server refuse root."""
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_postgres, self.programs / program, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL)

    def psql(self, database, *commands):
        asked = [part for command in commands for part in ("-c", command)]
        self.run("psql", "-q", "-h", self.folder, "-p", str(self.port), "-U", "postgres", "-d", database, *asked)

    def ask(self, command):
        """The one row of a query, its columns as text."""
        told = subprocess.run(
            [self.programs / "psql", "-q", "-A", "-t", "-h", self.folder, "-p", str(self.port), "-U", "postgres",
             "-d", self.database, "-c", command], check=True, cwd="/", stdout=subprocess.PIPE, text=True)
        return told.stdout.strip().split("|")

    def made(self, _):
        self.made_so_far += 1
        self.database = f"bench{self.made_so_far}"
        self.psql("postgres", f"CREATE DATABASE {self.database}")
        # Over a socket, as where both are on one machine.
        return f"postgres:///{self.database}?host={self.folder}&port={self.port}&user=postgres"

    def filled(self, indexed):
        self.psql(self.database, *([] if indexed else [NOTHING_TO_INDEX]), "VACUUM ANALYZE", "CHECKPOINT")

    def session(self):
        return self.ask(SESSION)

    def worked(self):
        """Seconds of processor time of all its processes, of those that ended too."""
        pid = (self.folder / "data/postmaster.pid").read_text().split()[0]
        told = lambda pid: Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = sum(int(each) for each in told(pid)[11:15])
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            try:
                ticks += sum(int(each) for each in told(child)[11:13])
            except FileNotFoundError:
                # It ended just now, and is counted with its parent's.
                pass
        return ticks / os.sysconf("SC_CLK_TCK")

    def size(self):
        return int(self.ask("SELECT pg_database_size(current_database())")[0])
