//! TLS: certificates from files, or one of our own.

use std::{
    fs,
    io::Write,
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio_rustls::TlsAcceptor;

use crate::private;

/// Where a self-signed certificate lies in the data directory.
const SELF_SIGNED: &str = "tls/self-signed.pem";
const SELF_SIGNED_KEY: &str = "tls/self-signed.key";

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// PEM files: the certificate with its chain, and its key.
    Files {
        /// Certificate and chain.
        cert: PathBuf,
        /// Private key.
        key: PathBuf,
    },
    /// Made once, kept in the data directory.
    SelfSigned,
}

impl Source {
    /// The files of the certificate and its key, made if they have to be.
    fn files(&self, data_dir: &Path, listen: IpAddr) -> anyhow::Result<(PathBuf, PathBuf)> {
        match self {
            Self::Files { cert, key } => Ok((cert.clone(), key.clone())),
            Self::SelfSigned => {
                let files = (data_dir.join(SELF_SIGNED), data_dir.join(SELF_SIGNED_KEY));
                if !files.0.exists() || !files.1.exists() {
                    make_self_signed(&files.0, &files.1, listen)?;
                }
                Ok(files)
            }
        }
    }

    /// The certificate's file, for clients that want to trust it.
    pub(crate) fn certificate(&self, data_dir: &Path) -> PathBuf {
        match self {
            Self::Files { cert, .. } => cert.clone(),
            Self::SelfSigned => data_dir.join(SELF_SIGNED),
        }
    }

    /// Reads the certificate and prepares to speak TLS 1.2 and 1.3 with it.
    pub(crate) fn acceptor(&self, data_dir: &Path, listen: IpAddr) -> anyhow::Result<TlsAcceptor> {
        let (cert, key) = self.files(data_dir, listen)?;
        let chain = CertificateDer::pem_file_iter(&cert)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .with_context(|| format!("reading the TLS certificate {}", cert.display()))?;
        ensure!(!chain.is_empty(), "{} holds no certificate", cert.display());
        let secret = PrivateKeyDer::from_pem_file(&key)
            .with_context(|| format!("reading the TLS key {}", key.display()))?;
        if let Some(why) = private::open_to_others(&key)? {
            bail!("the TLS key {} {why}: chmod 600 it", key.display());
        }
        let mut config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, secret)
            .with_context(|| format!("using {} with {}", cert.display(), key.display()))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn make_self_signed(cert: &Path, key: &Path, listen: IpAddr) -> anyhow::Result<()> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !listen.is_unspecified() && !listen.is_loopback() {
        names.push(listen.to_string());
    }
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
    names.extend(Some(host.trim()).filter(|host| !host.is_empty()).map(str::to_owned));
    let made = rcgen::generate_simple_self_signed(names).context("making a certificate")?;
    fs::create_dir_all(cert.parent().expect("it lies in the folder tls"))?;
    private::write(key, made.signing_key.serialize_pem().as_bytes())?;
    let mut file = fs::File::create(cert)?;
    file.write_all(made.cert.pem().as_bytes())?;
    tracing::info!(file = %cert.display(), "made a self-signed certificate");
    Ok(())
}
