using System.Globalization;
using System.Text;

namespace Granary.Silo.Tests.Operator.Access;

/// <summary>Requests as no client would send them, and some as one would, none with a token that commands. The same seed makes the same calls.</summary>
internal sealed class FuzzedCalls(int seed, string host, string viewToken)
{
    private static readonly string[] Methods = ["GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "G\u0000T", "X"];

    private static readonly string[] Paths =
    [
        "/", "/health", "/metrics", "/api/v1/status", "/api/v1/symbols", "/api/v1/symbols/BTCUSDT", "/api/v1/symbols/BTCUSDT/bars", "/api/v1/accounts", "/api/v1/accounts/main",
        "/api/v1/accounts/main/risk", "/api/v1/accounts/main/halt", "/api/v1/accounts/main/flatten", "/api/v1/accounts/main/resume", "/api/v1/accounts/main/reconcile",
        "/api/v1/engine", "/api/v1/engine/halt", "/api/v1/engine/flatten", "/api/v1/positions", "/api/v1/orders", "/api/v1/fills", "/api/v1/decisions", "/api/v1/incidents",
        "/api/v1/equity/main", "/api/v1/live", "/api/v1/alerts", "/api/v1/alerts/test", "/api/v1/log-level", "/dashboard/js/app.js", "/dashboard/", "/nothing",
    ];

    private static readonly string[] Tricks =
    [
        "/..", "/../../operator.token", "/%2e%2e/%2e%2e/operator.token", "/..%2f..%2fview.token", "/%c0%ae%c0%ae/operator.token", "//", "/./", "\\..\\..\\operator.token", "/%00", "%",
        "%zz", "/%u0041", "%ff%fe", ";x=1", "/\u00e9", "/%F0%9F%92%A5", "'", "\"", "<script>", "{0}", "/~", "/.git/config", "/operator.token", "/data/granary.db", "*", "%25%32%65", "?", "#",
    ];

    private static readonly string[] Names = ["limit", "account", "symbol", "open", "topics", "x", "limit[]", "", "%00", "LIMIT"];

    private static readonly string[] Values =
    [
        "", "0", "-1", "1", "1000", "1001", "99999999999999999999", "1e9", "0x10", "NaN", "true", "maybe", "main", "other", "BTCUSDT", "btcusdt", "' OR 1=1 --", "%27%3bDROP%20TABLE%20orders",
        "%00", "%ff", "status", "status,status", "symbol/%2e%2e", "\u202e", "{{7*7}}", "${jndi:x}",
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "null", "{\"reason\":\"fuzz\"}", "{\"reason\":5}", "{\"reason\":", "\u0000\u0001", "{\"who\":\"\\ud800\"}", "{\"level\":\"Verbose\",\"source\":\"\"}",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "reason=fuzz", "{\"__proto__\":{}}", "{\"reason\":{\"a\":{\"b\":{\"c\":{\"d\":1}}}}}",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next request, complete.</summary>
    public byte[] Next()
    {
        var text = new StringBuilder();
        text.Append(Pick(Methods)).Append(' ').Append(Target()).Append(_random.Next(20) == 0 ? " HTTP/9.9" : " HTTP/1.1").Append("\r\n");
        text.Append("Host: ").Append(_random.Next(15) == 0 ? Pick(["evil.example", "", "127.0.0.1:99999", "localhost@evil", "[::", "a b"]) : host).Append("\r\n");
        if (Authorization() is { } authorization) text.Append("Authorization: ").Append(authorization).Append("\r\n");
        if (_random.Next(6) == 0) text.Append(OddHeader()).Append("\r\n");
        var body = _random.Next(25) == 0 ? "{\"reason\":\"" + new string('x', _random.Next(100, 40_000)) + "\"}" : Pick(Bodies);
        if (_random.Next(20) == 0) text.Append("Transfer-Encoding: chunked\r\n");
        else text.Append("Content-Length: ").Append(Length(Encoding.UTF8.GetByteCount(body))).Append("\r\n");
        text.Append("Connection: close\r\n\r\n").Append(body);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());

        // Behind the first line, so that it remains a request; the line itself is varied above.
        if (_random.Next(8) == 0)
            for (var flips = _random.Next(1, 6); flips > 0; flips--) bytes[_random.Next(16, bytes.Length)] = (byte)_random.Next(256);
        return bytes;
    }

    private string Target()
    {
        var target = Pick(Paths);
        if (_random.Next(3) == 0) target += Pick(Tricks);
        if (_random.Next(12) == 0) target = target.Insert(_random.Next(target.Length), Pick(Tricks));
        if (_random.Next(60) == 0) target += "/" + new string('a', _random.Next(1_000, 12_000));
        if (_random.Next(2) == 0) target += "?" + string.Join('&', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => $"{Pick(Names)}={Pick(Values)}"));
        return target;
    }

    private string? Authorization() => _random.Next(8) switch
    {
        0 => $"Bearer {viewToken}",
        1 => "Bearer " + new string('0', 64),
        2 => "Bearer " + new string('f', _random.Next(1, 3_000)),
        3 => "Basic " + Convert.ToBase64String("admin:admin"u8),
        4 => "Bearer",
        5 => "bearer \u00e9\u0000",
        _ => null,
    };

    private string OddHeader() => _random.Next(7) switch
    {
        0 => "Origin: http://evil.example",
        1 => "Sec-Fetch-Site: cross-site",
        2 => "X-HTTP-Method-Override: POST",
        3 => "X-Forwarded-Host: evil.example",
        4 => "Expect: 100-continue",
        5 => "Content-Encoding: gzip",
        _ => "X-" + new string('y', _random.Next(1, 20_000)) + ": 1",
    };

    /// <summary>Mostly right: what never comes makes the server wait.</summary>
    private string Length(int length) => _random.Next(30) switch
    {
        0 => "-1",
        1 => "99999999999999999999",
        2 => "abc",
        _ => length.ToString(CultureInfo.InvariantCulture),
    };

    private string Pick(string[] of) => of[_random.Next(of.Length)];
}
