using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Granary.Silo.Tests.Operator;

namespace Granary.Silo.Tests.Dashboard;

public sealed class PageServingTests : IAsyncLifetime
{
    private readonly OperatorBench _bench = new();

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/dashboard/js/app.js", "text/javascript; charset=utf-8")]
    [InlineData("/dashboard/css/tokens.css", "text/css; charset=utf-8")]
    [InlineData("/dashboard/icon.svg", "image/svg+xml")]
    public async Task A_file_comes_with_its_type_and_the_headers_that_protect_it(string path, string type)
    {
        using var response = await _bench.Http.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe(type);
        response.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        response.Headers.ETag.ShouldNotBeNull();
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        response.Headers.Contains("Server").ShouldBeFalse();

        string Header(string name) => response.Headers.GetValues(name).Single();
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        using var first = await _bench.Http.GetAsync("/dashboard/js/app.js");
        foreach (var (tag, status) in new[] { (first.Headers.ETag!, HttpStatusCode.NotModified), (new EntityTagHeaderValue("\"other\""), HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/js/app.js") { Headers = { IfNoneMatch = { tag } } };
            using var response = await _bench.Http.SendAsync(request);

            response.StatusCode.ShouldBe(status);
            response.Headers.ETag.ShouldBe(first.Headers.ETag);
            (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBe(status == HttpStatusCode.OK ? (int)first.Content.Headers.ContentLength! : 0);
        }
    }

    [Fact]
    public async Task Head_says_what_get_would()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using var response = await _bench.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(Encoding.UTF8.GetByteCount(await _bench.Http.GetStringAsync("/")));
    }

    [Theory]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/js/nothing.js")]
    [InlineData("/dashboard/../appsettings.json")]
    [InlineData("/dashboard/%2e%2e/operator.token")]
    [InlineData("/dashboard/..%2f..%2foperator.token")]
    [InlineData("/dashboard/js\\app.js")]
    [InlineData("/dashboard/js/App.js")]
    [InlineData("/dashboard//js/app.js")]
    public async Task Nothing_else_can_be_read(string path)
    {
        // Sent as it stands: a client's own tidying would take the trick out.
        var url = _bench.Http.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{url.Port}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);

        (await reader.ReadToEndAsync()).ShouldMatch("^HTTP/1.1 (404|400) ");
    }

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "rebound.example" } };
        using var response = await _bench.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("same-origin", "cors", HttpStatusCode.OK)]
    [InlineData("none", "navigate", HttpStatusCode.OK)]
    [InlineData("cross-site", "navigate", HttpStatusCode.OK)]
    [InlineData("cross-site", "cors", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "cors", HttpStatusCode.Forbidden)]
    public async Task Another_page_may_lead_here_but_not_ask(string site, string mode, HttpStatusCode status)
    {
        foreach (var path in new[] { "/", "/api/v1/status", "/dashboard/js/app.js" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", mode } } };
            using var response = await _bench.Http.SendAsync(request);

            response.StatusCode.ShouldBe(status);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_command_without_the_token_is_refused_wherever_it_comes_from(string? token)
    {
        // What a form on another page could send: a simple request, with whatever the browser adds by itself.
        var (status, _) = await _bench.PostAsync("/api/v1/accounts/main/halt", "", token);

        status.ShouldBe(HttpStatusCode.Unauthorized);
        _bench.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_bars_of_a_symbol_are_a_list_even_before_there_are_any()
    {
        var (status, body) = await _bench.GetAsync("/api/v1/symbols/btcusdt/bars?limit=10");

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("symbol").GetString().ShouldBe("BTCUSDT");
        body.GetProperty("bars").GetArrayLength().ShouldBe(0);
        (await _bench.GetAsync("/api/v1/symbols/DOGE/bars")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _bench.GetAsync("/api/v1/symbols/BTCUSDT/bars?limit=0")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }
}
