using Guichet.Local.FunctionsHost;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

public sealed class FunctionKeysFacts
{
    private readonly FunctionKeys keys = new();

    [Fact]
    public void Are_not_asked_for_where_a_function_is_anonymous() => Assert.True(keys.Admits("Anonymous", Request(null)));

    [Theory]
    [InlineData("Function")]
    [InlineData("Admin")]
    [InlineData(null)]
    public void Are_asked_for_everywhere_else(string? level)
    {
        Assert.False(keys.Admits(level, Request(null)));
        Assert.False(keys.Admits(level, Request("")));
        Assert.False(keys.Admits(level, Request("another")));
        Assert.True(keys.Admits(level, Request(keys.Master)));
    }

    [Fact]
    public void Of_functions_open_functions_and_not_the_host()
    {
        Assert.True(keys.Admits("Function", Request(keys.Function)));
        Assert.False(keys.Admits("Admin", Request(keys.Function)));
        Assert.False(keys.AdmitsBlobEvents(Request(keys.Function)));
    }

    [Fact]
    public void Of_blob_events_open_their_webhook_and_nothing_else()
    {
        Assert.True(keys.AdmitsBlobEvents(Request(keys.BlobsExtension)));
        Assert.False(keys.Admits("Function", Request(keys.BlobsExtension)));
    }

    [Fact]
    public void Are_taken_from_the_address_too()
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString($"?code={keys.Function}");
        Assert.True(keys.Admits("Function", request));
    }

    private static HttpRequest Request(string? key)
    {
        var request = new DefaultHttpContext().Request;
        if (key is not null)
        {
            request.Headers["x-functions-key"] = key;
        }

        return request;
    }
}
