using Guichet.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace Guichet.Functions.Access;

/// <summary>A person of the programme who has signed in.</summary>
/// <param name="Id">What the journal says of it: an id of the settings or of a campaign, never a name or an address.</param>
/// <param name="Email">The address under which it signed in.</param>
/// <param name="Roles">What it may do.</param>
public sealed record Staff(string Id, string Email, IReadOnlySet<Caller> Roles)
{
    /// <summary>The reviewer that a campaign knows this person as; null where it knows it as none.</summary>
    public Reviewer? ReviewerIn(Campaign rules) =>
        rules.Reviewers.FirstOrDefault(reviewer => string.Equals(reviewer.Email, Email, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The person behind a request.</summary>
internal static class StaffOfRequest
{
    private static readonly object Key = new();

    /// <summary>Who signed in; the middleware has seen to it that somebody did where the endpoint is for staff.</summary>
    public static Staff Staff(this HttpRequest request) =>
        (Staff?)request.HttpContext.Items[Key] ?? throw new InvalidOperationException("This endpoint is not for staff, or its middleware did not run.");

    public static void Set(HttpContext context, Staff staff) => context.Items[Key] = staff;
}
