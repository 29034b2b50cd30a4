"""A station that logs in by its client certificate, as docs/site.md tells, and nobody without one."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from db.sync.site import SiteError
from db.sync.values import PushStatus
from db.upstream.enrol import enrol
from db.upstream.postgres_site import open_site
from tests.helpers.postgres import Server, own
from tests.helpers.told import Chain

NOW = datetime.datetime.now(datetime.UTC)
Signed = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def certify(name: str, by: Signed | None = None) -> Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(who).issuer_name(by[0].subject if by else who).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW - datetime.timedelta(hours=1)).not_valid_after(NOW + datetime.timedelta(days=1))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = builder.add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    builder = builder.add_extension(address, critical=False)
    return builder.sign(by[1] if by else key, hashes.SHA256()), key


def write(folder: Path, name: str, signed: Signed) -> tuple[Path, Path]:
    crt, key = folder / f"{name}.crt", folder / f"{name}.key"
    crt.write_bytes(signed[0].public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        signed[1].private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    key.chmod(0o600)
    return crt, key


@pytest.fixture
def server(new_server: Callable[..., Server]) -> Server:
    """A server that lets people in over TCP with a client certificate only."""
    server = new_server(tcp=True)
    with psycopg.connect(server.url(tcp=False)) as connection:
        if connection.execute("SHOW ssl_library").fetchone() == ("",):
            pytest.skip(f"PostgreSQL {server.version} here was built without TLS")
    return server


def test_a_certificate_lets_a_station_in_and_nothing_else_does(server: Server, tmp_path: Path) -> None:
    authority = certify("test authority")
    root, _ = write(tmp_path, "root", authority)
    for signed, name in ((authority, "root"), (certify("server", authority), "server")):
        write(server.data, name, signed)
    with (server.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\nssl_ca_file = 'root.crt'\n")
        settings.write("ssl_min_protocol_version = 'TLSv1.3'\n")
    (server.data / "pg_hba.conf").write_text("local all postgres trust\nhostssl all all 127.0.0.1/32 cert\n")
    own(server.data)
    server.restart()
    database = server.site_database()
    given = enrol(server.url(database, tcp=False), "S1")
    crt, key = write(tmp_path, "station", certify(given.role, authority))
    address = f"postgresql://{given.role}@127.0.0.1:{server.port}/{database}"
    verified = f"{address}?sslmode=verify-full&sslrootcert={root}"
    site = open_site(f"{verified}&sslcert={crt}&sslkey={key}")
    assert site.push(Chain("S1").events).status is PushStatus.OK
    site.close()
    stranger = certify("somebody else")
    crt, key = write(tmp_path, "stranger", stranger)
    strange_root, _ = write(tmp_path, "strange-root", stranger)
    for refused in (
        verified,  # no certificate
        f"{verified}&sslcert={crt}&sslkey={key}",  # of another authority
        f"{address}?sslmode=disable",
        f"{address}?sslmode=verify-full&sslrootcert={strange_root}",  # the server is not the one that is meant
    ):
        with pytest.raises(SiteError, match="U201"):
            open_site(refused, secret=given.secret)
