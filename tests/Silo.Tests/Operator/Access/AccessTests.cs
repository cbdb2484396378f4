using System.Net;
using System.Net.Http.Headers;
using Granary.Silo.Configuration;

namespace Granary.Silo.Tests.Operator.Access;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly OperatorBench _bench = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-tls").FullName;
    private readonly TestCertificate _certificate;

    public AccessTests() => _certificate = new TestCertificate(_folder);

    public Task InitializeAsync() => _bench.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Elsewhere_than_on_loopback_everything_but_the_pages_needs_a_token()
    {
        using var http = await RemoteAsync(_bench.Options);
        foreach (var path in new[] { "/health", "/metrics", "/api/v1/status", "/api/v1/live?topics=status", "/api/v1/nothing", "/nothing" })
        {
            (await StatusAsync(http, HttpMethod.Get, path, null)).ShouldBe(HttpStatusCode.Unauthorized, path);
            (await StatusAsync(http, HttpMethod.Get, path, "wrong")).ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        (await StatusAsync(http, HttpMethod.Get, "/", null)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(http, HttpMethod.Get, "/dashboard/js/app.js", null)).ShouldBe(HttpStatusCode.OK);
        foreach (var token in new[] { _bench.Token, _bench.ViewToken })
        {
            (await StatusAsync(http, HttpMethod.Get, "/api/v1/status", token)).ShouldBe(HttpStatusCode.OK);
            (await StatusAsync(http, HttpMethod.Get, "/metrics", token)).ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task The_view_token_reads_and_never_commands()
    {
        foreach (var path in new[] { "/api/v1/accounts/main/halt", "/api/v1/engine/flatten", "/api/v1/accounts/other/halt", "/api/v1/nothing" })
        {
            var (status, body) = await _bench.PostAsync(path, "{}", _bench.ViewToken);
            status.ShouldBe(HttpStatusCode.Forbidden, path);
            body.GetProperty("detail").GetString()!.ShouldContain("may only read");
        }

        _bench.Commands.ShouldBeEmpty();
        (await _bench.PostAsync("/api/v1/accounts/main/halt", "{}", _bench.Token)).Status.ShouldBe(HttpStatusCode.OK);
        _bench.Token.ShouldNotBe(_bench.ViewToken);
    }

    [Fact]
    public async Task Over_tls_the_shown_certificate_is_the_configured_one()
    {
        var options = _bench.Options with
        {
            Operator = _bench.Options.Operator with { Url = "https://127.0.0.1:0", CertificateFile = _certificate.Pem, CertificateKeyFile = _certificate.Key },
        };
        await _bench.StartAsync(options);
        using var http = _certificate.Client(_bench.Url);

        (await http.GetAsync("/api/v1/status")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var plain = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(plain.GetAsync(_bench.Url.Replace("https:", "http:", StringComparison.Ordinal) + "/api/v1/status"));
        using var strict = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(strict.GetAsync(_bench.Url + "/api/v1/status"));
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_command_from_another_page_is_refused_even_with_the_token(string header, string value)
    {
        using var request = Command(_bench.Token);
        request.Headers.Add(header, value);

        // What a form would say of itself; a link may lead to a page, never to a command.
        if (header == "Sec-Fetch-Site") request.Headers.Add("Sec-Fetch-Mode", "navigate");
        using var response = await _bench.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _bench.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_from_the_silos_own_page_passes()
    {
        using var request = Command(_bench.Token);
        request.Headers.Add("Origin", _bench.Url);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await _bench.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_asks_too_often_waits_and_keeps_no_operator_from_halting()
    {
        await _bench.StartAsync(_bench.Options with { Operator = _bench.Options.Operator with { QueriesPerSecondMax = 1, CommandsPerSecondMax = 1 } });
        _bench.Rebase();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++) answers.Add((await _bench.GetAsync("/api/v1/status")).Status);
        for (var i = 0; i < 8; i++) answers.Add((await _bench.PostAsync("/api/v1/accounts/main/halt", "{}", "guess")).Status);

        answers.Take(2).ShouldAllBe(status => status == HttpStatusCode.OK);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        answers.Skip(8).Take(2).ShouldAllBe(status => status == HttpStatusCode.Unauthorized);
        answers.Skip(8).ShouldContain(HttpStatusCode.TooManyRequests);
        (await _bench.PostAsync("/api/v1/accounts/main/halt", "{}", _bench.Token)).Status.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 8; i++) (await _bench.Http.GetAsync("/dashboard/js/app.js")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/api/v1/status")]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("GET", "/a.file")]
    [InlineData("POST", "/api/v1/accounts/main/halt")]
    [InlineData("PUT", "/")]
    public async Task Every_answer_has_the_headers_that_protect_it(string method, string path)
    {
        using var response = await _bench.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Header("Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header("Cache-Control").ShouldBe("no-store");

        string Header(string name) => response.Headers.GetValues(name).Single();
    }

    private static HttpRequestMessage Command(string token) => new(HttpMethod.Post, "/api/v1/accounts/main/halt")
    {
        Content = new StringContent("{}"),
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The API as it is where others can reach it.</summary>
    private async Task<HttpClient> RemoteAsync(GranaryOptions options)
    {
        await _bench.StartAsync(options with
        {
            Operator = options.Operator with { Url = "https://0.0.0.0:0", HostNames = ["granary.example"], CertificateFile = _certificate.Both },
        });
        return _certificate.Client($"https://127.0.0.1:{new Uri(_bench.Url).Port}");
    }
}
