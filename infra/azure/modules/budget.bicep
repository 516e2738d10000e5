// People are told at half, at four fifths and when the month is expected to pass the budget. Nothing is cut off.

param name string
param amount int
param start string
param recipients string[]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    amount: amount
    category: 'Cost'
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      half: { enabled: true, operator: 'GreaterThan', threshold: 50, thresholdType: 'Actual', contactEmails: recipients }
      fourFifths: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: recipients }
      expected: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Forecasted', contactEmails: recipients }
    }
  }
}
