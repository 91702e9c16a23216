// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/net/Certificates.h"

#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace chatelaine::test {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

QByteArray textOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

void extend(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Identity make(const QString &name, const QStringList &dnsNames, const Identity *authority,
    int fromDays, int toDays)
{
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate certificate(X509_new(), X509_free);
    static long serial = 1;
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_time_adj_ex(X509_getm_notBefore(certificate.get()), fromDays, 0, nullptr);
    X509_time_adj_ex(X509_getm_notAfter(certificate.get()), toDays, 0, nullptr);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    const QByteArray utf8 = name.toUtf8();
    X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(utf8.constData()), -1, -1, 0);

    Key signer(nullptr, EVP_PKEY_free);
    Certificate issuer(nullptr, X509_free);
    if (authority) {
        const QByteArray pem = authority->certificate.toPem();
        const Bio issuerBio(BIO_new_mem_buf(pem.constData(), -1), BIO_free);
        issuer.reset(PEM_read_bio_X509(issuerBio.get(), nullptr, nullptr, nullptr));
        const Bio keyBio(BIO_new_mem_buf(authority->keyPem.constData(), -1), BIO_free);
        signer.reset(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr));
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
        QByteArrayList alternatives;
        for (const QString &dns : dnsNames)
            alternatives.append("DNS:" + dns.toLatin1());
        extend(certificate.get(), issuer.get(), NID_subject_alt_name, alternatives.join(','));
        X509_sign(certificate.get(), signer.get(), EVP_sha256());
    } else {
        X509_set_issuer_name(certificate.get(), subject);
        extend(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
        extend(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign");
        X509_sign(certificate.get(), key.get(), EVP_sha256());
    }

    const Bio certificateBio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(certificateBio.get(), certificate.get());
    const Bio keyBio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PrivateKey_traditional(
        keyBio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    const QByteArray keyPem = textOf(keyBio.get());
    return {QSslCertificate(textOf(certificateBio.get())), QSslKey(keyPem, QSsl::Ec), keyPem};
}

} // namespace

Identity makeAuthority(const QString &name)
{
    return make(name, {}, nullptr, -100, 100);
}

Identity makeServer(const Identity &authority, const QStringList &names, int fromDays, int toDays)
{
    return make(names.first(), names, &authority, fromDays, toDays);
}

} // namespace chatelaine::test
