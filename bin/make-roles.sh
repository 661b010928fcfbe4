#!/bin/sh
# Runs once, inside the database's container, when its volume is new: the owner migrates, the application works.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner="$(cat /run/secrets/owner_password)" --set application="$(cat /run/secrets/application_password)" <<'SQL'
CREATE ROLE portal_owner LOGIN PASSWORD :'owner';
CREATE ROLE portal_app LOGIN PASSWORD :'application';
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_app;
\connect portal
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
ALTER SCHEMA public OWNER TO portal_owner;
SQL
